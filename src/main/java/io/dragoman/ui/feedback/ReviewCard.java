package io.dragoman.ui.feedback;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.feedback.Feedback;
import io.dragoman.feedback.Feedback.Status;
import io.dragoman.feedback.Review;
import io.dragoman.feedback.Submission;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.ui.shell.Ago;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.FindingsList;
import io.dragoman.ui.shell.QueryBlock;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Feedback with what there is to decide about it: the query and the correction side by side, and what the checks say. */
class ReviewCard extends Card {

    private final Feedback feedback;
    private final BiConsumer<Feedback, Review> decided;
    private final TextField question = new TextField("The question that it answers");
    private final TextArea correction = new TextArea();
    private final TextField comment = new TextField("Comment");
    private final Paragraph refusal = new Paragraph();
    private final Div actions = new Div();

    ReviewCard(Feedback feedback, BiConsumer<Feedback, Review> decided) {
        super(feedback.question());
        this.feedback = feedback;
        this.decided = decided;
        addClassName("review");
        badges();
        Paragraph about = new Paragraph("Given by " + feedback.author() + ", " + Ago.of(feedback.updatedAt()) + ", on a query of "
                + (feedback.engine().equals("llm") ? "an LLM" : "the offline engine") + "." + reviewed());
        about.addClassName("muted");
        add(about);
        if (feedback.comment() != null) {
            Paragraph said = new Paragraph(feedback.comment());
            said.addClassName("said");
            add(said);
        }
        add(queries());
        if (!feedback.findings().isEmpty()) {
            add(new FindingsList(feedback.findings()));
        }
        question.setValue(feedback.question());
        question.setMaxLength(SchemaLimits.TEXT);
        question.setWidthFull();
        comment.setMaxLength(Submission.LONGEST_COMMENT);
        refusal.setVisible(false);
        refusal.addClassName("error");
        refusal.getElement().setAttribute("role", "alert");
        actions.addClassName("decision");
        add(question, refusal, actions);
        offer();
    }

    /** Says that the decision was not taken, and why; what was typed stays. */
    void refused(String why) {
        refusal.setText(why);
        refusal.setVisible(true);
        offer();
    }

    /** What it shows. */
    Feedback feedback() {
        return feedback;
    }

    private void badges() {
        if (feedback.rating() != null) {
            beside(badge(feedback.rating() > 0 ? "good" : "bad", feedback.rating() > 0 ? "success" : "error"));
        }
        if (feedback.schemaGroup() != null) {
            beside(badge(feedback.schemaGroup(), null));
        }
        if (feedback.dialect() != null) {
            beside(badge(feedback.dialect(), null));
        }
        if (feedback.status() != Status.OPEN) {
            beside(badge(feedback.status().name().toLowerCase(Locale.ROOT), "contrast"));
        }
        if (feedback.promoted()) {
            beside(badge("example", "success"));
        }
    }

    private String reviewed() {
        return feedback.reviewedBy() == null ? "" : " Reviewed by " + feedback.reviewedBy() + ", " + Ago.of(feedback.reviewedAt())
                + (feedback.reviewComment() == null ? "." : ": " + feedback.reviewComment());
    }

    private Component queries() {
        Div query = new Div(new H3("The query"), feedback.query() == null ? new Paragraph("None was written.")
                : new QueryBlock(feedback.query(), feedback.dialect()));
        correction.setAriaLabel("The correction");
        correction.setValue(feedback.correction() == null ? "" : feedback.correction());
        correction.setPlaceholder(feedback.rightQuery() == null ? "What the query should be" : "None: the query is right as it is");
        correction.setMaxLength(Submission.LONGEST_CORRECTION);
        correction.setWidthFull();
        correction.addClassName("mono");
        Div sides = new Div(query, new Div(new H3("The correction"), correction));
        sides.addClassName("side-by-side");
        return sides;
    }

    private void offer() {
        actions.removeAll();
        actions.add(comment);
        if (feedback.status() == Status.OPEN) {
            actions.add(button("Reject", Status.REJECTED, false, ButtonVariant.LUMO_ERROR),
                    button("Accept", Status.ACCEPTED, false, null));
        } else {
            actions.add(button("Reopen", Status.OPEN, false, null));
        }
        if (!feedback.promoted() && feedback.status() != Status.REJECTED && feedback.schemaGroup() != null) {
            actions.add(button("Make it an example", Status.ACCEPTED, true, ButtonVariant.LUMO_PRIMARY));
        }
    }

    private Button button(String words, Status status, boolean promote, ButtonVariant variant) {
        Button button = new Button(words, click -> decided.accept(feedback, review(status, promote)));
        button.setDisableOnClick(true);
        if (variant != null) {
            button.addThemeVariants(variant);
        }
        return button;
    }

    private Review review(Status status, boolean promote) {
        String query = correction.getValue().strip();
        boolean edited = !query.isEmpty() && !query.equals(feedback.correction());
        String asked = question.getValue().strip();
        return new Review(status, promote, comment.isEmpty() ? null : comment.getValue().strip(),
                asked.isEmpty() || asked.equals(feedback.question()) ? null : asked, edited ? query : null);
    }
}
