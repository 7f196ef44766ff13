package io.dragoman.ui.administration;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.dragoman.policy.PolicyDifference;
import io.dragoman.policy.PolicyDocument;
import io.dragoman.policy.PolicyVersion;
import io.dragoman.policy.PolicyVersions;
import io.dragoman.policy.SeenPolicy;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.Paging;
import java.util.List;
import java.util.function.LongConsumer;

/** The versions of the policy, the latest first, to be compared and put in force again. */
class PolicyHistory extends Div {

    private static final int ON_A_PAGE = 10;

    private final PolicyVersions versions;
    private final Background background;
    private final LongConsumer restored;
    private final Div list = new Div();
    private final Paging paging = new Paging(ON_A_PAGE, () -> refresh(UI.getCurrent()));

    private record Found(List<PolicyVersion> versions, long total) {
    }

    private record Compared(PolicyVersion version, String yaml, List<PolicyDifference> made, List<PolicyDifference> toNow) {
    }

    /** @param restored puts a version in force again; null for who may not */
    PolicyHistory(PolicyVersions versions, Background background, LongConsumer restored) {
        this.versions = versions;
        this.background = background;
        this.restored = restored;
        list.addClassName("versions");
        add(list, paging);
    }

    /** Reads the versions anew. */
    void refresh(UI ui) {
        int from = paging.offset();
        background.run(ui, () -> new Found(versions.history(ON_A_PAGE, from), versions.count()), this::show);
    }

    private void show(Found found) {
        if (!paging.show(found.versions.size(), found.total)) {
            return;
        }
        list.removeAll();
        if (found.versions.isEmpty()) {
            Span none = new Span("Nobody edited the policy yet: the file's counts. Every version is kept here from the first change on.");
            none.addClassName("muted");
            list.add(none);
            return;
        }
        found.versions.forEach(version -> list.add(row(version)));
        if (paging.offset() + found.versions.size() >= found.total) {
            list.add(row(new PolicyVersion(0, null, null, null, null, null)));
        }
    }

    private Div row(PolicyVersion version) {
        Span name = new Span(name(version));
        name.addClassName("entry-name");
        String what = version.restored() == null ? version.comment()
                : "version " + version.restored() + " again" + (version.comment() == null ? "" : ": " + version.comment());
        Span who = new Span(version.version() == 0 ? "as it is on disk" : version.changedBy() + ", " + Words.time(version.changedAt())
                + (what == null || CurrentCall.current().schemaGroups() != null ? "" : " · " + what));
        who.addClassName("muted");
        Div words = new Div(name, who);
        words.addClassName("entry");
        Button compare = new Button("Compare", click -> compare(version.version()));
        compare.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        compare.setAriaLabel("Compare " + name(version));
        Div row = new Div(words, compare);
        row.addClassName("version");
        return row;
    }

    private static String name(PolicyVersion version) {
        return version.version() == 0 ? "The file" : "Version " + version.version();
    }

    private void compare(long number) {
        UI ui = UI.getCurrent();
        background.run(ui, () -> compared(number), this::open);
    }

    private Compared compared(long number) {
        PolicyVersion version = versions.find(number).orElseThrow();
        SeenPolicy seen = seen(version);
        PolicyDocument now = SeenPolicy.of(versions.current().document(), "", CurrentCall.current()).document();
        List<PolicyDifference> made = number == 0 ? List.of() : versions.find(number - 1)
                .map(before -> PolicyDifference.between(seen(before).document(), seen.document())).orElse(List.of());
        return new Compared(version, seen.yaml(), made, PolicyDifference.between(now, seen.document()));
    }

    private SeenPolicy seen(PolicyVersion version) {
        Caller caller = CurrentCall.current();
        return SeenPolicy.of(versions.check(version.content()), version.content(), caller);
    }

    private void open(Compared compared) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(name(compared.version));
        Div content = new Div();
        content.addClassNames("dialog-form", "comparison");
        if (compared.version.version() > 0) {
            PolicyChanges made = new PolicyChanges();
            made.show(compared.made, "Nothing but comments.");
            content.add(new H3("What it changed"), made);
        }
        PolicyChanges toNow = new PolicyChanges();
        toNow.show(compared.toNow, "Nothing: it says what is in force.");
        Pre text = new Pre(compared.yaml);
        text.addClassNames("mono", "yaml");
        text.getElement().setAttribute("tabindex", "0");
        content.add(new H3("What restoring it would change"), toNow, new H3("Its text"), text);
        dialog.add(content);
        Button close = new Button("Close", click -> dialog.close());
        dialog.getFooter().add(close);
        if (restored != null) {
            Button restore = new Button("Put it in force again", click -> {
                dialog.close();
                restored.accept(compared.version.version());
            });
            restore.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            restore.setEnabled(!compared.toNow.isEmpty());
            dialog.getFooter().add(restore);
        }
        dialog.open();
    }
}
