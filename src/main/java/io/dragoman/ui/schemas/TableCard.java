package io.dragoman.ui.schemas;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import io.dragoman.schema.TableDefinition;
import io.dragoman.ui.shell.Card;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A table: what it is, its columns, and how it joins others. */
class TableCard extends Card {

    TableCard(SchemaGroup group, TableDefinition table, Consumer<Wording> saved) {
        super(table.name());
        beside(badge("table", null));
        add(new Facts().with("Database", table.definition())
                .with("Rows", table.rowCount() == null ? null : String.format(Locale.ROOT, "%,d", table.rowCount()))
                .with("Columns", table.columns().size()));
        add(new WordingForm(table.description(), table.synonyms(), saved));
        add(new H3("Columns"), columns(table));
        add(new RelationshipList(group, table.name(), null));
    }

    private static Grid<ColumnDefinition> columns(TableDefinition table) {
        Grid<ColumnDefinition> grid = new Grid<>();
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.addColumn(LitRenderer.<ColumnDefinition>of(
                        "<div class=\"mono\">${item.name}</div><div class=\"muted\">${item.kind}</div>")
                .withProperty("name", ColumnDefinition::name)
                .withProperty("kind", column -> column.primaryKey() ? column.type() + ", key" : column.type()))
                .setHeader("Column").setWidth("11rem").setFlexGrow(1);
        grid.addColumn(LitRenderer.<ColumnDefinition>of(
                        "<div>${item.description}</div><div class=\"muted\">${item.values}</div>")
                .withProperty("description", column -> column.description() == null ? "" : column.description())
                .withProperty("values", column -> column.sampleValues().isEmpty() ? ""
                        : "such as " + column.sampleValues().stream().limit(4).collect(Collectors.joining(", "))))
                .setHeader("What it is").setWidth("14rem").setFlexGrow(3);
        grid.setItems(table.columns());
        grid.setAllRowsVisible(table.columns().size() <= 30);
        return grid;
    }
}
