package io.dragoman.ui.schemas;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.treegrid.TreeGrid;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;

/** The schema groups with their databases, tables and columns, and a filter. */
class SchemaTree extends Div {

    private static final int OPENED_BY_FILTER = 40;

    private final SchemaOutline outline;
    private final TreeGrid<SchemaNode> tree = new TreeGrid<>();
    private final TextField filter = new TextField();

    SchemaTree(SchemaOutline outline, Consumer<SchemaNode> chosen) {
        this.outline = outline;
        addClassName("schema-tree");
        filterByWord();
        tree.addComponentHierarchyColumn(this::label).setHeader("Schemas").setFlexGrow(1).setAutoWidth(true);
        tree.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_ROW_BORDERS);
        tree.setDataProvider(outline);
        tree.getElement().setAttribute("aria-label", "Schema groups, databases, tables and columns");
        tree.asSingleSelect().addValueChangeListener(change -> chosen.accept(change.getValue()));
        add(filter, tree);
    }

    /** Chooses a group and opens it. */
    void choose(String group) {
        choose(new SchemaNode.Group(group));
    }

    private void choose(SchemaNode node) {
        if (!(node instanceof SchemaNode.Table)) {
            tree.expand(node);
        }
        tree.select(node);
    }

    private void filterByWord() {
        filter.setPlaceholder("Filter tables and columns");
        filter.setAriaLabel("Filter tables and columns");
        filter.setPrefixComponent(VaadinIcon.SEARCH.create());
        filter.setClearButtonVisible(true);
        filter.setMaxLength(200);
        filter.setWidthFull();
        filter.setValueChangeMode(ValueChangeMode.LAZY);
        filter.addValueChangeListener(change -> {
            outline.keep(change.getValue());
            if (outline.filtered()) {
                tree.expand(outline.branches().stream().limit(OPENED_BY_FILTER).toList());
            }
        });
    }

    /** A click on the label chooses; only one on the arrow before it opens and closes. */
    private Component label(SchemaNode node) {
        Icon icon = icon(node).create();
        icon.getElement().setAttribute("aria-hidden", "true");
        Span label = new Span(icon, new Span(node.name()));
        label.addClassName("node");
        label.getElement().addEventListener("click", event -> choose(node)).setFilter("event.stopPropagation() || true");
        return label;
    }

    private static VaadinIcon icon(SchemaNode node) {
        if (node instanceof SchemaNode.Group) {
            return VaadinIcon.CLUSTER;
        }
        if (node instanceof SchemaNode.Definition) {
            return VaadinIcon.DATABASE;
        }
        return node instanceof SchemaNode.Table ? VaadinIcon.TABLE : VaadinIcon.DOT_CIRCLE;
    }
}
