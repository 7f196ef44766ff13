package io.dragoman.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;

/** The product's mark and name, leading to the first page. */
class Logo extends Anchor {

    Logo() {
        super("");
        addClassName("logo");
        getElement().setAttribute("router-link", true);
        setAriaLabel("Dragoman, to the first page");
        add(new Image("icons/dragoman.svg", ""), new Span("Dragoman"));
    }
}
