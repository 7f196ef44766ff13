package io.dragoman.ui.ask;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.QueryState.StageRun;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.TableHits;
import java.util.List;
import java.util.Locale;

/** How the question was read: the steps, the words of the business that were used, the tables, and every stage. */
class ReadingCard extends Card {

    ReadingCard(QueryState state) {
        super("How it was read");
        if (state.draft() != null && !state.draft().reading().isEmpty()) {
            OrderedList steps = new OrderedList();
            state.draft().reading().forEach(step -> steps.add(new ListItem(step)));
            add(steps);
        } else if (state.intent() != null && state.intent().reasoning() != null) {
            add(new Div(state.intent().reasoning()));
        }
        if (state.analysis() != null && !state.analysis().directives().isEmpty()) {
            add(directives(state.analysis().directives()));
        }
        if (state.retrieval() != null && !state.retrieval().hits().isEmpty()) {
            add(new Details("Tables found (" + state.retrieval().hits().size() + ")", new TableHits(state.retrieval().hits())));
        }
        add(new Details("Stages (" + StageTrack.milliseconds(state.totalMs()) + ")", stages(state.stages())));
    }

    private static Component directives(List<String> keys) {
        Div row = new Div(new Span("Glossary: "));
        keys.forEach(key -> row.add(badge(key, null)));
        row.addClassName("badges");
        return row;
    }

    private static Component stages(List<StageRun> stages) {
        OrderedList list = new OrderedList();
        list.addClassName("stage-log");
        stages.forEach(stage -> list.add(new ListItem(stage.name() + " · " + StageTrack.milliseconds(stage.elapsedMs())
                + (stage.engine() == null ? "" : " · " + stage.engine().name().toLowerCase(Locale.ROOT))
                + (stage.detail() == null ? "" : " · " + stage.detail()))));
        return list;
    }
}
