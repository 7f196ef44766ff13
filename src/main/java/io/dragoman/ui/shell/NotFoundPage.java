package io.dragoman.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** Shown for an address that is no page. */
@PermitAll
@PageTitle("Page not found")
@ParentLayout(MainLayout.class)
class NotFoundPage extends Div implements HasErrorParameter<NotFoundException> {

    NotFoundPage() {
        Anchor back = new Anchor("", "Ask a question");
        add(new EmptyState(VaadinIcon.MAP_MARKER, "There is no page here",
                "The address may be mistyped, or the page has moved.", back));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
