package io.dragoman.ui.ask;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.dragoman.pipeline.QueryState.Clarification;
import io.dragoman.ui.shell.Card;
import java.util.Locale;
import java.util.function.Consumer;

/** What is asked back, with the choices to click. */
class ClarificationCard extends Card {

    /** @param chosen gets the question with the choice put in */
    ClarificationCard(String question, Clarification clarification, Consumer<String> chosen) {
        super(clarification.choices().isEmpty() ? "Please say it differently" : "Which did you mean?",
                new Paragraph(clarification.question()));
        addClassName("clarification");
        Div choices = new Div();
        choices.addClassName("chips");
        clarification.choices().forEach(choice -> choices.add(new Button(choice,
                click -> chosen.accept(with(question, clarification.phrase(), choice)))));
        add(choices);
        if (!clarification.unknown().isEmpty()) {
            Paragraph unknown = new Paragraph("Not understood: " + String.join(", ", clarification.unknown()) + ".");
            unknown.addClassName("muted");
            add(unknown);
        }
    }

    /** The question with the choice in place of the phrase, or after it when the phrase is not in it. */
    static String with(String question, String phrase, String choice) {
        int at = phrase == null || phrase.isBlank() ? -1
                : question.toLowerCase(Locale.ROOT).indexOf(phrase.toLowerCase(Locale.ROOT));
        return at < 0 ? question + " (" + choice + ")"
                : question.substring(0, at) + choice + question.substring(at + phrase.length());
    }
}
