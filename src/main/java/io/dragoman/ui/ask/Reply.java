package io.dragoman.ui.ask;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.dragoman.pipeline.QueryState;
import io.dragoman.ui.shell.Card;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything that came of one question, part by part. */
class Reply extends Div {

    private final BiConsumer<String, String> ask;
    private final Consumer<QueryState> lookAgain;
    private final Function<QueryState, Component> feedback;

    /**
     * Shows nothing yet.
     *
     * @param ask       gets a question, made clearer by a choice, and its group
     * @param lookAgain gets a run that waits, to see whether it still does
     * @param feedback  asks what people say of a run
     */
    Reply(BiConsumer<String, String> ask, Consumer<QueryState> lookAgain, Function<QueryState, Component> feedback) {
        this.feedback = feedback;
        this.ask = ask;
        this.lookAgain = lookAgain;
        addClassName("reply");
        getElement().setAttribute("aria-live", "polite");
    }

    /** Shows nothing. */
    void clear() {
        removeAll();
        getElement().setAttribute("aria-busy", "true");
    }

    /** Shows a finished run. */
    void show(QueryState state) {
        removeAll();
        getElement().setAttribute("aria-busy", "false");
        if (state.failure() != null) {
            add(new FailureCard(state));
        }
        if (state.clarification() != null) {
            add(new ClarificationCard(state.question().text(), state.clarification(),
                    question -> ask.accept(question, state.question().schemaGroup())));
        }
        if (state.approval() != null) {
            add(new ApprovalCard(state, lookAgain));
        }
        if (state.answer() != null) {
            add(new AnswerCard(state));
        }
        if (state.results() != null) {
            Map<String, Object> chart = state.answer() == null ? null : state.answer().chart();
            if (ChartCard.worthwhile(chart, state.results())) {
                add(new ChartCard(chart, state.results()));
            }
            add(new RowsCard(state.results()));
        }
        if (state.draft() != null) {
            add(new QueryCard(state));
        }
        if (state.retrieval() != null && state.clarification() == null) {
            add(feedback.apply(state));
        }
        add(new ReadingCard(state));
    }

    /** Shows that a run was stopped, or could not be finished by a fault of the server's own. */
    void say(String title, String words) {
        removeAll();
        getElement().setAttribute("aria-busy", "false");
        add(new Card(title, new Paragraph(words)));
    }
}
