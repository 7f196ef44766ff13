package io.dragoman.ui.schemas;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import io.dragoman.schema.TableDefinition;
import io.dragoman.ui.shell.Card;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A column: what it is, which values occur in it, and what it refers to. */
class ColumnCard extends Card {

    private static final int SHOWN_VALUES = 60;

    ColumnCard(SchemaGroup group, TableDefinition table, ColumnDefinition column, Consumer<Wording> saved) {
        super(table.name() + "." + column.name());
        beside(badge("column", null));
        if (column.primaryKey()) {
            beside(badge("primary key", "success"));
        }
        add(new Facts().with("Type", column.type()).with("May be missing", column.nullable() ? "yes" : "no")
                .with("Distinct values", column.distinctCount()));
        add(new WordingForm(column.description(), column.synonyms(), wording ->
                saved.accept(new Wording(null, null, Map.of(column.name(), wording)))));
        if (!column.sampleValues().isEmpty()) {
            add(new H3("Values that occur"), values(column.sampleValues()));
        }
        add(new RelationshipList(group, table.name(), column.name()));
    }

    private static Div values(List<String> values) {
        Div chips = new Div();
        chips.addClassName("chips");
        values.stream().limit(SHOWN_VALUES).map(value -> badge(value, "contrast")).forEach(chips::add);
        if (values.size() > SHOWN_VALUES) {
            chips.add("and " + (values.size() - SHOWN_VALUES) + " more");
        }
        return chips;
    }
}
