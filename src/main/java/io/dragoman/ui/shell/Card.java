package io.dragoman.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;

/** A titled part of a page. */
public class Card extends Section {

    private final Header header;

    /** A card with that title and content. */
    public Card(String title, Component... content) {
        addClassName("card");
        header = new Header(new H2(title));
        add(header);
        add(content);
        getElement().setAttribute("aria-label", title);
    }

    /** Puts something beside the title. */
    public Card beside(Component... components) {
        header.add(components);
        return this;
    }

    /** A word in a pill; {@code theme} is a Lumo badge colour, or null for the usual one. */
    public static Component badge(String text, String theme) {
        Span badge = new Span(text);
        badge.getElement().getThemeList().add("badge");
        if (theme != null) {
            badge.getElement().getThemeList().add(theme);
        }
        return badge;
    }
}
