package io.dragoman.ui.schemas;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.MainLayout;

/** Keeping schema groups. */
@Route(value = "schema-groups", layout = MainLayout.class)
@PageTitle("Schema groups")
@Menu(order = 2, title = "Schema groups", icon = "vaadin:database")
class SchemasView extends Div {

    SchemasView() {
        addClassName("page");
        add(new EmptyState(VaadinIcon.DATABASE, "No schema groups yet", "Upload a schema or read one from a datasource."));
    }
}
