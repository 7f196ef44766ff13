package io.dragoman.ui.schemas;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Entries that curators keep beside the tables of a group: a grid to add to, edit and delete from. */
class EntryList<T> extends Div {

    /**
     * A field of an entry.
     *
     * @param read     its text; null when there is none
     * @param longText whether it takes several lines
     */
    record Field<T>(String label, Function<T, String> read, boolean longText, boolean required) {
    }

    /**
     * What an entry is.
     *
     * @param kind   what it is called, such as {@code directive}
     * @param make   an entry of the fields' texts, in their order, null for those that are empty
     */
    record Shape<T>(String kind, List<Field<T>> fields, Function<List<String>, T> make) {
    }

    private final Shape<T> shape;
    private final Grid<T> grid = new Grid<>();

    EntryList(Shape<T> shape, List<T> entries, Consumer<T> added, Changed<T> changed, Consumer<T> deleted) {
        this.shape = shape;
        addClassName("entries");
        Button add = new Button("Add a " + shape.kind(), VaadinIcon.PLUS.create(),
                click -> new EntryDialog<>("Add a " + shape.kind(), shape, null, added).open());
        add.addThemeVariants(ButtonVariant.LUMO_SMALL);
        shape.fields().forEach(field -> grid.addColumn(entry -> field.read().apply(entry)).setHeader(field.label())
                .setFlexGrow(field.longText() ? 2 : 1));
        grid.addComponentColumn(entry -> actions(entry, changed, deleted)).setAutoWidth(true).setFlexGrow(0)
                .setHeader("Actions");
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT, GridVariant.LUMO_COMPACT);
        grid.setItems(entries);
        grid.setAllRowsVisible(entries.size() <= 30);
        grid.setEmptyStateText("Nothing here yet.");
        add(add, grid);
    }

    /** Hears that an entry was edited. */
    interface Changed<T> {

        /** The entry as it was and as it is to be. */
        void change(T before, T after);
    }

    private Component actions(T entry, Changed<T> changed, Consumer<T> deleted) {
        String name = shape.fields().get(0).read().apply(entry);
        Button edit = icon(VaadinIcon.PENCIL, "Edit " + name);
        edit.addClickListener(click -> new EntryDialog<>("Edit the " + shape.kind(), shape, entry,
                after -> changed.change(entry, after)).open());
        Button delete = icon(VaadinIcon.TRASH, "Delete " + name);
        delete.addClickListener(click -> deleted.accept(entry));
        return new Div(edit, delete);
    }

    private static Button icon(VaadinIcon icon, String label) {
        Button button = new Button(icon.create());
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
        button.setAriaLabel(label);
        return button;
    }
}
