package io.dragoman.ui.administration;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.dragoman.security.Role;
import io.dragoman.ui.shell.Card;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How these pages put roles, sight and times. */
final class Words {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int NAMED = 5;

    private Words() {
    }

    /** A time in UTC; a dash for null. */
    static String time(Instant at) {
        return at == null ? "–" : TIME.format(at.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    static String role(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** What somebody sees. */
    static String sight(Set<String> groups, Set<String> sources) {
        String seen = groups == null ? "sees every schema group" : groups.isEmpty() ? "sees no schema group" : "sees " + names(groups);
        return sources == null ? seen : seen + "; datasources: " + (sources.isEmpty() ? "none" : names(sources));
    }

    private static String names(Collection<String> names) {
        String some = names.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
    }

    /** A name with pills beside it and a quieter line below. */
    static Component entry(String name, Collection<Role> roles, String state, String below) {
        Span title = new Span(name);
        title.addClassName("entry-name");
        Div first = new Div(title);
        first.addClassName("entry-title");
        roles.stream().sorted().forEach(role -> first.add(Card.badge(role(role), null)));
        if (state != null) {
            first.add(Card.badge(state, "contrast"));
        }
        Span second = new Span(below);
        second.addClassName("muted");
        Div entry = new Div(first, second);
        entry.addClassName("entry");
        return entry;
    }

    static Button icon(VaadinIcon icon, String label, Runnable pressed) {
        Button button = new Button(icon.create(), click -> pressed.run());
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
        button.setAriaLabel(label);
        button.getElement().setAttribute("title", label);
        return button;
    }
}
