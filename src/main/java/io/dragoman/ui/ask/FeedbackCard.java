package io.dragoman.ui.ask;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import io.dragoman.feedback.Feedback;
import io.dragoman.feedback.Feedbacks;
import io.dragoman.feedback.Retries;
import io.dragoman.feedback.Submission;
import io.dragoman.pipeline.QueryState;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.FindingsList;
import io.dragoman.ui.shell.Notices;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Says whether an answer is right, what the query should be, or what is to be different, and asks again with that. */
class FeedbackCard extends Card {

    private final QueryState state;
    private final Feedbacks feedbacks;
    private final Background background;
    private final Button good = thumb(VaadinIcon.THUMBS_UP_O, "This is right", 1);
    private final Button bad = thumb(VaadinIcon.THUMBS_DOWN_O, "This is wrong", -1);
    private final TextArea comment = new TextArea("What should be different?");
    private final TextArea correction = new TextArea("The query as it should be");
    private final Div form = new Div();
    private final Div findings = new Div();
    private Feedback given;

    /**
     * Asks for feedback on a run, and shows what was given.
     *
     * @param retry gets the run and what is to be different
     */
    FeedbackCard(QueryState state, Feedbacks feedbacks, Background background, BiConsumer<QueryState, String> retry) {
        super("Feedback");
        this.state = state;
        this.feedbacks = feedbacks;
        this.background = background;
        addClassName("feedback");
        Span question = new Span("Is this right?");
        question.addClassName("muted");
        Div thumbs = new Div(question, good, bad);
        thumbs.addClassNames("thumbs", "end");
        beside(thumbs);
        add(fill(retry));
        show(null);
        background.run(UI.getCurrent(), () -> feedbacks.own(state.id()).orElse(null), this::show);
    }

    private Component fill(BiConsumer<QueryState, String> retry) {
        comment.setPlaceholder("only …, by month instead, without …, use … instead of …");
        comment.setMaxLength(Retries.LONGEST_FEEDBACK);
        comment.setWidthFull();
        correction.setMaxLength(Submission.LONGEST_CORRECTION);
        correction.setWidthFull();
        correction.addClassName("mono");
        correction.setHelperText("Optional. A curator looks at it; once it is accepted, it answers this question from then on.");
        Button again = new Button("Ask again with this", VaadinIcon.REFRESH.create(), click -> {
            if (comment.isEmpty()) {
                comment.setInvalid(true);
                comment.setErrorMessage("Say what should be different.");
            } else {
                retry.accept(state, comment.getValue());
            }
        });
        Button send = new Button("Send to the curators", click -> give(given == null ? Integer.valueOf(-1) : given.rating(), true));
        send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div actions = new Div(again, send);
        actions.addClassName("decision");
        form.add(comment, correction, findings, actions);
        return form;
    }

    private Button thumb(VaadinIcon icon, String label, int rating) {
        Button button = new Button(icon.create(), click -> rate(rating));
        button.addThemeVariants(ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_SMALL);
        button.setAriaLabel(label);
        button.setTooltipText(label);
        return button;
    }

    private void rate(int rating) {
        if (given != null && given.rating() != null && given.rating() == rating) {
            withdraw(given.id());
        } else {
            form.setVisible(rating < 0);
            give(rating, false);
        }
    }

    private void give(Integer rating, boolean words) {
        Feedback before = given;
        Submission submission = words ? new Submission(state.id(), rating, correction.getValue(), comment.getValue())
                : new Submission(state.id(), rating, before == null ? null : before.correction(),
                        before == null ? null : before.comment());
        background.run(UI.getCurrent(), () -> feedbacks.give(submission), feedback -> {
            show(feedback);
            Notices.done(words ? "Sent. A curator will look at it." : "Thank you.", "Undo", () -> undo(before, feedback.id()));
        }, this::refused);
    }

    private void undo(Feedback before, UUID id) {
        if (before == null) {
            withdraw(id);
        } else {
            background.run(UI.getCurrent(), () -> feedbacks.give(new Submission(state.id(), before.rating(), before.correction(),
                    before.comment())), this::show);
        }
    }

    private void withdraw(UUID id) {
        background.run(UI.getCurrent(), () -> {
            feedbacks.withdraw(id);
            return id;
        }, gone -> {
            comment.clear();
            correction.clear();
            show(null);
        });
    }

    private void refused(String why) {
        comment.setInvalid(true);
        comment.setErrorMessage(why);
        form.setVisible(true);
    }

    private void show(Feedback feedback) {
        given = feedback;
        int rating = feedback == null || feedback.rating() == null ? 0 : feedback.rating();
        pressed(good, rating > 0);
        pressed(bad, rating < 0);
        boolean words = feedback != null && (feedback.comment() != null || feedback.correction() != null);
        form.setVisible(rating < 0 || words);
        if (words) {
            comment.setValue(feedback.comment() == null ? "" : feedback.comment());
            correction.setValue(feedback.correction() == null ? "" : feedback.correction());
        } else if (rating < 0 && correction.isEmpty() && state.draft() != null && state.draft().query() != null) {
            correction.setPlaceholder(state.draft().query());
        }
        findings.removeAll();
        if (feedback != null && !feedback.findings().isEmpty()) {
            findings.add(new FindingsList(feedback.findings()));
        }
        if (feedback != null && feedback.status() != Feedback.Status.OPEN) {
            findings.add(new Paragraph((feedback.status() == Feedback.Status.ACCEPTED ? "Accepted by " : "Rejected by ")
                    + feedback.reviewedBy() + (feedback.reviewComment() == null ? "." : ": " + feedback.reviewComment())));
        }
    }

    private static void pressed(Button button, boolean pressed) {
        button.getElement().setAttribute("aria-pressed", String.valueOf(pressed));
        if (pressed) {
            button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        } else {
            button.removeThemeVariants(ButtonVariant.LUMO_PRIMARY);
        }
    }
}
