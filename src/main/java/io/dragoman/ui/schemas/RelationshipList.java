package io.dragoman.ui.schemas;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import java.util.List;

/** How tables join. */
class RelationshipList extends Div {

    private static final int SHOWN = 200;

    /**
     * @param table  whose relationships; null for the whole group
     * @param column of the table; null for any
     */
    RelationshipList(SchemaGroup group, String table, String column) {
        List<Relationship> found = group.relationships().stream()
                .filter(one -> table == null || touches(one.sourceTable(), one.sourceColumns(), table, column)
                        || touches(one.targetTable(), one.targetColumns(), table, column)).toList();
        if (found.isEmpty()) {
            setVisible(table == null);
            setText("No relationships yet.");
            addClassName("muted");
            return;
        }
        UnorderedList list = new UnorderedList();
        found.stream().limit(SHOWN).forEach(one -> list.add(new ListItem(words(one))));
        add(new H3("Relationships"), list);
        if (found.size() > SHOWN) {
            add("and " + (found.size() - SHOWN) + " more");
        }
    }

    private static boolean touches(String side, List<String> columns, String table, String column) {
        return side.equalsIgnoreCase(table) && (column == null || columns.stream().anyMatch(column::equalsIgnoreCase));
    }

    private static String words(Relationship one) {
        return one.sourceTable() + " (" + String.join(", ", one.sourceColumns()) + ") → " + one.targetTable() + " ("
                + String.join(", ", one.targetColumns()) + ")"
                + (one.type() == null ? "" : " · " + one.type().replace('_', ' '));
    }
}
