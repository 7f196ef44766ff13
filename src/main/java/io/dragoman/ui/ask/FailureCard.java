package io.dragoman.ui.ask;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.dragoman.failure.Failure;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.FindingsList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why there is no answer, what was tried, and the trace id to ask an operator with. */
class FailureCard extends Card {

    FailureCard(QueryState state) {
        this(state.failure(), state.traceId());
        if (!state.attempts().isEmpty()) {
            add(attempts(state.attempts()));
        }
    }

    private FailureCard(Failure failure, String trace) {
        super("No answer", new Paragraph(failure.message()));
        addClassName("failure");
        getElement().setAttribute("role", "alert");
        beside(badge(failure.code().name(), "error"));
        if (failure.details().get("closest_tables") instanceof List<?> closest && !closest.isEmpty()) {
            add(new Paragraph("The closest tables: " + closest.stream().map(FailureCard::table)
                    .collect(Collectors.joining(", ")) + "."));
        }
        Span id = new Span("Trace " + trace);
        id.addClassNames("mono", "muted");
        add(id);
    }

    private static String table(Object closest) {
        return closest instanceof Map<?, ?> table ? table.get("name") + " in " + table.get("group") : closest.toString();
    }

    private static Details attempts(List<Attempt> attempts) {
        Div list = new Div();
        for (Attempt attempt : attempts) {
            Paragraph query = new Paragraph("Attempt " + attempt.number() + ": "
                    + (attempt.query() == null ? "no query" : attempt.query()));
            query.addClassName("mono");
            list.add(query, new FindingsList(attempt.findings()));
        }
        return new Details("What was tried (" + attempts.size() + ")", list);
    }
}
