package io.dragoman.ui.administration;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.failure.FailureException;
import io.dragoman.policy.PolicyDifference;
import io.dragoman.policy.PolicyDocument;
import io.dragoman.policy.PolicyEdit;
import io.dragoman.policy.PolicyVersion;
import io.dragoman.policy.PolicyVersions;
import io.dragoman.policy.SeenPolicy;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.MainLayout;
import io.dragoman.ui.shell.Notices;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.function.Function;

/** What queries may do: the usual limits as a form, everything as YAML, what a change would do, and the versions. */
@RolesAllowed({"CURATOR", "APPROVER", "ADMIN"})
@Route(value = "policy", layout = MainLayout.class)
@PageTitle("Policy")
@Menu(order = 8, title = "Policy", icon = "vaadin:shield")
class PolicyView extends Div {

    private static final int LONGEST_COMMENT = 1_000;

    private final PolicyVersions versions;
    private final Background background;
    private final boolean mayChange = CurrentCall.current().is(Role.ADMIN);
    private final Paragraph inForce = new Paragraph();
    private final PolicyForm form = new PolicyForm(this::fieldEdited);
    private final TextArea text = new TextArea("The policy as YAML");
    private final Div problem = new Div();
    private final PolicyChanges changes = new PolicyChanges();
    private final TextField comment = new TextField("Why (kept with the version)");
    private final Button save = new Button("Put it in force", click -> save());
    private final Button discard = new Button("Discard", click -> read(UI.getCurrent()));
    private final PolicyHistory history;
    private PolicyVersion base;
    private PolicyDocument before;
    private String readable;

    private record Read(PolicyVersion version, SeenPolicy seen) {
    }

    PolicyView(PolicyVersions versions, Background background) {
        this.versions = versions;
        this.background = background;
        this.history = new PolicyHistory(versions, background, mayChange ? this::restore : null);
        addClassNames("page", "policy");
        inForce.addClassName("muted");
        text.addClassName("yaml-editor");
        text.setWidthFull();
        text.setReadOnly(!mayChange);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(400);
        text.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                check();
            }
        });
        form.setReadOnly(!mayChange);
        problem.addClassName("refusal");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        comment.setMaxLength(LONGEST_COMMENT);
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div decision = new Div(comment, save, discard);
        decision.addClassName("decision");
        Card change = new Card("What your change does", changes, decision);
        change.setVisible(mayChange);
        Div left = new Div(new Card("Limits for everybody", inForce, form), new Card("Versions", history));
        Div right = new Div(new Card("Everything", new Span("Sections for roles and schema groups are written here; the strictest of all"
                + " that apply to a query wins."), text, problem), change);
        left.addClassName("reply");
        right.addClassName("reply");
        add(left, right);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        read(event.getUI());
        history.refresh(event.getUI());
    }

    private void read(UI ui) {
        background.run(ui, () -> {
            PolicyVersions.Current current = versions.current();
            return new Read(current.version(), SeenPolicy.of(current.document(), current.version().content(), CurrentCall.current()));
        }, this::show);
    }

    private void show(Read read) {
        base = read.version;
        before = read.seen.document();
        readable = read.seen.yaml();
        inForce.setText((base.version() == 0 ? "In force: the file " + (read.seen.whole() ? versions.filePath() : "on the server")
                : "In force: version " + base.version() + ", by " + base.changedBy() + ", " + Words.time(base.changedAt()))
                + (read.seen.whole() ? "." : ". You see what concerns your schema groups."));
        text.setValue(readable);
        comment.clear();
        check();
    }

    /** A field of the form was changed: the same in the text, which otherwise stays as it is. */
    private void fieldEdited(List<String> path, String value) {
        try {
            text.setValue(PolicyEdit.set(readable, path, value));
        } catch (FailureException e) {
            Notices.error(e.failure().message());
        }
        check();
    }

    /** Reads what is written and says what it would change, or what is wrong with it. */
    private void check() {
        String written = text.getValue();
        boolean untouched = written.equals(base.content());
        problem.removeAll();
        try {
            PolicyDocument after = versions.check(written);
            readable = written;
            problem.setVisible(false);
            form.show(after.defaults());
            form.setReadOnly(!mayChange);
            List<PolicyDifference> differences = PolicyDifference.between(before, after);
            changes.show(differences, untouched ? "Nothing was changed yet." : "Comments and layout alone.");
            save.setEnabled(!untouched);
        } catch (FailureException e) {
            problem.setVisible(true);
            problem.add(new Span(e.failure().message()));
            if (e.failure().details().get("line") instanceof Integer line) {
                Button show = new Button("Show line " + line, click -> select(line));
                show.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
                problem.add(show);
            }
            form.setReadOnly(true);
            save.setEnabled(false);
            changes.show(List.of(), "It cannot be put in force as it is written.");
        }
        discard.setEnabled(!untouched);
    }

    private void select(int line) {
        text.getElement().executeJs("""
                const area = this.inputElement, lines = area.value.split('\\n');
                const from = lines.slice(0, $0 - 1).reduce((sum, one) => sum + one.length + 1, 0);
                area.focus();
                area.setSelectionRange(from, from + lines[$0 - 1].length);
                const pane = this.shadowRoot.querySelector('[part=input-field]');
                pane.scrollTop = pane.scrollHeight * ($0 - 3) / lines.length;""", line);
    }

    private void save() {
        long from = base.version();
        String yaml = text.getValue();
        String why = comment.getValue().isBlank() ? null : comment.getValue().strip();
        put(caller -> versions.change(from, yaml, caller, why));
    }

    private void restore(long version) {
        long from = base.version();
        put(caller -> versions.restore(from, version, caller, null));
    }

    private void put(Function<Caller, PolicyVersions.Current> change) {
        UI ui = UI.getCurrent();
        background.run(ui, () -> {
            Caller caller = CurrentCall.current();
            caller.require(Role.ADMIN);
            return change.apply(caller);
        }, current -> {
            Notices.done("Version " + current.version().version() + " is in force.");
            show(new Read(current.version(), SeenPolicy.of(current.document(), current.version().content(), CurrentCall.current())));
            history.refresh(ui);
        });
    }
}
