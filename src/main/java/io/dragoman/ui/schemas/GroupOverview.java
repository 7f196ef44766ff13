package io.dragoman.ui.schemas;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.ui.shell.Card;
import java.util.List;
import java.util.function.Consumer;

/** All schema groups with how much is in them. */
class GroupOverview extends Card {

    GroupOverview(List<SchemaGroup> groups, Consumer<String> chosen) {
        super("Schema groups");
        Grid<SchemaGroup> grid = new Grid<>();
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.addComponentColumn(group -> open(group, chosen)).setHeader("Name").setAutoWidth(true).setFlexGrow(0);
        grid.addColumn(group -> group.tables().size()).setHeader("Tables").setAutoWidth(true).setFlexGrow(0);
        grid.addColumn(group -> group.definitions().size()).setHeader("Databases").setAutoWidth(true).setFlexGrow(0);
        grid.addColumn(group -> group.examples().size()).setHeader("Samples").setAutoWidth(true).setFlexGrow(0);
        grid.addColumn(SchemaGroup::description).setHeader("About").setFlexGrow(1).setWidth("14rem");
        grid.setItems(groups);
        grid.setAllRowsVisible(groups.size() <= 20);
        add(grid);
    }

    private static Button open(SchemaGroup group, Consumer<String> chosen) {
        Button open = new Button(group.name(), click -> chosen.accept(group.name()));
        open.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE);
        return open;
    }
}
