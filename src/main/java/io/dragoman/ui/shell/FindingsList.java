package io.dragoman.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.dragoman.dialect.Finding;
import java.util.List;
import java.util.Locale;

/** What the checks found in a query. */
public class FindingsList extends UnorderedList {

    /** @param findings in the order of the checks */
    public FindingsList(List<Finding> findings) {
        addClassName("findings");
        findings.stream().map(FindingsList::item).forEach(this::add);
    }

    private static ListItem item(Finding finding) {
        ListItem item = new ListItem(severity(finding), new Span(finding.message()));
        if (finding.position() != null) {
            item.add(muted("line " + finding.position().line() + ", column " + finding.position().column()));
        }
        if (finding.suggestion() != null) {
            item.add(new Div(new Span("Try: "), code(finding.suggestion())));
        }
        item.setTitle(finding.code());
        return item;
    }

    private static Component severity(Finding finding) {
        String theme = switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "contrast";
            case INFO -> null;
        };
        return Card.badge(finding.severity().name().toLowerCase(Locale.ROOT), theme);
    }

    private static Component code(String text) {
        Span code = new Span(text);
        code.addClassName("mono");
        return code;
    }

    private static Component muted(String text) {
        Span span = new Span(text);
        span.addClassName("muted");
        return span;
    }
}
