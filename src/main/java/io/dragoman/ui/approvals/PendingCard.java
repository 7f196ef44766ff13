package io.dragoman.ui.approvals;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.approval.Approvals;
import io.dragoman.approval.PendingApproval;
import io.dragoman.ui.shell.Ago;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.FindingsList;
import io.dragoman.ui.shell.QueryBlock;

/** A query that waits, with what there is to decide about it. */
class PendingCard extends Card {

    private static final int LONGEST_QUERY = 100_000;

    /** Hears what a person decides. */
    interface Decided {

        /**
         * Somebody decided.
         *
         * @param comment     perhaps empty
         * @param editedQuery null when the query was not edited
         */
        void decide(PendingApproval pending, boolean approved, String comment, String editedQuery);
    }

    private final PendingApproval pending;
    private final Decided decided;
    private final TextField comment = new TextField("Comment");
    private final TextArea editor = new TextArea("The query to run in its place");
    private final QueryBlock query;
    private final Button approve = new Button("Approve", click -> decide(true));
    private final Button edit = new Button("Edit the query", click -> edit());
    private final Button reject = new Button("Reject", click -> decide(false));

    PendingCard(PendingApproval pending, Decided decided) {
        super(pending.question());
        this.pending = pending;
        this.decided = decided;
        this.query = new QueryBlock(pending.query(), pending.dialect());
        addClassNames("pending", "waiting");
        beside(badge(pending.schemaGroup(), null), badge(pending.dialect(), null),
                badge(pending.execute() ? pending.datasource() == null ? "will be run" : "will run on " + pending.datasource()
                        : "will not be run", "contrast"));
        Paragraph about = new Paragraph("Asked by " + pending.askedBy() + ", " + Ago.of(pending.createdAt()) + ". "
                + pending.reason());
        about.addClassName("muted");
        editor.setValue(pending.query());
        editor.setMaxLength(LONGEST_QUERY);
        editor.setWidthFull();
        editor.addClassName("mono");
        editor.setVisible(false);
        comment.setMaxLength(Approvals.LONGEST_COMMENT);
        approve.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        reject.addThemeVariants(ButtonVariant.LUMO_ERROR);
        approve.setDisableOnClick(true);
        reject.setDisableOnClick(true);
        Div actions = new Div(comment, reject, edit, approve);
        actions.addClassName("decision");
        add(about, query, editor);
        if (!pending.findings().isEmpty()) {
            add(new FindingsList(pending.findings()));
        }
        add(actions);
    }

    /** Says that the decision was not taken, and why; what was typed stays. */
    void refused(String why) {
        approve.setEnabled(true);
        reject.setEnabled(true);
        comment.setInvalid(!editor.isVisible());
        comment.setErrorMessage(why);
        editor.setInvalid(editor.isVisible());
        editor.setErrorMessage(why);
    }

    /** The run whose query waits. */
    PendingApproval pending() {
        return pending;
    }

    private void edit() {
        boolean editing = !editor.isVisible();
        editor.setVisible(editing);
        query.setVisible(!editing);
        edit.setText(editing ? "Leave the query as it was" : "Edit the query");
        approve.setText(editing ? "Approve the edited query" : "Approve");
        if (editing) {
            editor.focus();
        } else {
            editor.setValue(pending.query());
        }
    }

    private void decide(boolean approved) {
        boolean edited = editor.isVisible() && !editor.getValue().strip().equals(pending.query().strip());
        decided.decide(pending, approved, comment.getValue(), edited ? editor.getValue() : null);
    }
}
