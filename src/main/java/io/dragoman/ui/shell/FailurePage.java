package io.dragoman.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** Shown when a page could not be opened. The log has the cause under the number shown here. */
@PermitAll
@PageTitle("Something went wrong")
@ParentLayout(MainLayout.class)
class FailurePage extends Div implements HasErrorParameter<Exception> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        String trace = PageFailures.record(parameter.getException());
        add(new EmptyState(VaadinIcon.WARNING, "This page could not be opened",
                "The server's log has the cause under trace " + trace + ".", new Anchor("", "Ask a question")));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
