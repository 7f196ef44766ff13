package io.dragoman.ui.ask;

import com.vaadin.flow.component.html.Paragraph;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.QueryState.Validation;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.FindingsList;
import io.dragoman.ui.shell.QueryBlock;

/** The query that was written, in its language, with what the checks say of it. */
class QueryCard extends Card {

    QueryCard(QueryState state) {
        super("Query", new QueryBlock(state.draft().query(), state.draft().dialect()));
        beside(badge(state.draft().dialect(), null));
        Validation validation = state.validation();
        if (validation != null) {
            boolean valid = validation.result() == Validation.Result.VALID;
            beside(badge(valid ? "checked, read-only" : "refused", valid ? "success" : "error"));
            if (!validation.findings().isEmpty()) {
                add(new FindingsList(validation.findings()));
            }
        }
        if (state.refinements() + state.escalations() > 0) {
            Paragraph rounds = new Paragraph("Refined " + times(state.refinements()) + ", analysed again "
                    + times(state.escalations()) + ".");
            rounds.addClassName("muted");
            add(rounds);
        }
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
