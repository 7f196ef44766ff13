package io.dragoman.ui.ask;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.QueryState.StageRun;
import io.dragoman.schema.search.TableHit;
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
            add(new Details("Tables found (" + state.retrieval().hits().size() + ")", tables(state.retrieval().hits())));
        }
        add(new Details("Stages (" + StageTrack.milliseconds(state.totalMs()) + ")", stages(state.stages())));
    }

    private static Component directives(List<String> keys) {
        Div row = new Div(new Span("Glossary: "));
        keys.forEach(key -> row.add(badge(key, null)));
        row.addClassName("badges");
        return row;
    }

    /** Tables with their scores as bars, and why each was found. */
    static Component tables(List<TableHit> hits) {
        double best = hits.stream().mapToDouble(TableHit::score).max().orElse(1);
        UnorderedList list = new UnorderedList();
        list.addClassName("hits");
        hits.forEach(hit -> list.add(table(hit, best <= 0 ? 1 : best)));
        return list;
    }

    private static ListItem table(TableHit hit, double best) {
        Span name = new Span(hit.table());
        name.addClassName("mono");
        Span of = new Span(hit.group().equals(hit.definition()) ? hit.group() : hit.group() + " · " + hit.definition());
        of.addClassName("muted");
        Span bar = new Span();
        bar.addClassName("score-bar");
        bar.getStyle().set("--score", String.format(Locale.ROOT, "%.0f%%", 100 * hit.score() / best));
        Span score = new Span(String.format(Locale.ROOT, "%.3f", hit.score()));
        score.addClassName("score");
        Div why = new Div(String.join("; ", hit.why()));
        why.addClassName("muted");
        return new ListItem(new Div(name, of, bar, score), why);
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
