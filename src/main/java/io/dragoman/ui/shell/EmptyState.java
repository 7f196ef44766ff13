package io.dragoman.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;

/** What a place shows while there is nothing in it: what belongs here, and how to get it. */
public class EmptyState extends Div {

    /** @param actions what to do about it, such as a button */
    public EmptyState(VaadinIcon icon, String title, String text, Component... actions) {
        addClassName("empty-state");
        Component picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        Span heading = new Span(title);
        heading.addClassName("empty-title");
        add(picture, heading, new Paragraph(text));
        add(actions);
    }
}
