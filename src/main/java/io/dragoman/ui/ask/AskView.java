package io.dragoman.ui.ask;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.MainLayout;

/** Asking questions. */
@Route(value = "", layout = MainLayout.class)
@PageTitle("Ask")
@Menu(order = 1, title = "Ask", icon = "vaadin:comment-o")
class AskView extends Div {

    AskView() {
        addClassName("page");
        add(new EmptyState(VaadinIcon.COMMENT_O, "Ask your databases",
                "Type a question in plain language; you get a checked, read-only query and its rows."));
    }
}
