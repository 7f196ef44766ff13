package io.dragoman.ui.administration;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.ui.shell.MainLayout;
import jakarta.annotation.security.RolesAllowed;

/** Who may do what: users, API keys, and what they did. */
@RolesAllowed("ADMIN")
@Route(value = "access", layout = MainLayout.class)
@PageTitle("Access")
@Menu(order = 9, title = "Access", icon = "vaadin:key")
class AccessView extends Div {

    AccessView(AccessServices services) {
        addClassNames("page", "administration");
        TabSheet parts = new TabSheet();
        parts.add("Users", new UserList(services));
        parts.add("API keys", new KeyList(services));
        parts.add("Audit log", new AuditList(services));
        parts.setWidthFull();
        add(parts);
    }
}
