package io.dragoman.ui.administration;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.dragoman.policy.PolicyDifference;
import java.util.List;

/** What would change, or changed, from one policy to another. */
class PolicyChanges extends UnorderedList {

    PolicyChanges() {
        addClassName("policy-changes");
    }

    /** @param nothing what to say when there is no difference */
    void show(List<PolicyDifference> differences, String nothing) {
        removeAll();
        if (differences.isEmpty()) {
            Span none = new Span(nothing);
            none.addClassName("muted");
            add(new ListItem(none));
        }
        differences.forEach(difference -> add(item(difference)));
    }

    private static ListItem item(PolicyDifference difference) {
        Span field = new Span(difference.field());
        field.addClassName("mono");
        ListItem item = new ListItem(field);
        if (difference.list()) {
            difference.removed().forEach(entry -> item.add(value(entry, "removed", "no longer ")));
            difference.added().forEach(entry -> item.add(value(entry, "added", "also ")));
        } else {
            item.add(value(difference.removed().isEmpty() ? "no limit" : difference.removed().get(0), "removed", "was "));
            item.add(value(difference.added().isEmpty() ? "no limit" : difference.added().get(0), "added", "now "));
        }
        return item;
    }

    private static Span value(String text, String kind, String word) {
        Span value = new Span(word + text);
        value.addClassName(kind);
        return value;
    }
}
