package io.dragoman.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.dragoman.schema.search.TableHit;
import java.util.List;
import java.util.Locale;

/** Tables that retrieval found, with their scores as bars, and why each was found. */
public class TableHits extends UnorderedList {

    /** @param hits best first */
    public TableHits(List<TableHit> hits) {
        addClassName("hits");
        double best = hits.stream().mapToDouble(TableHit::score).max().orElse(0);
        hits.forEach(hit -> add(item(hit, best)));
    }

    private static ListItem item(TableHit hit, double best) {
        Span name = new Span(hit.table());
        name.addClassName("mono");
        Span of = new Span(hit.group().equals(hit.definition()) ? hit.group() : hit.group() + " · " + hit.definition());
        of.addClassName("muted");
        Span bar = new Span();
        bar.addClassName("score-bar");
        bar.getStyle().set("--score", String.format(Locale.ROOT, "%.0f%%", best <= 0 ? 0 : 100 * hit.score() / best));
        Span score = new Span(String.format(Locale.ROOT, "%.3f", hit.score()));
        score.addClassName("score");
        Div why = new Div(String.join("; ", hit.why()));
        why.addClassName("muted");
        return new ListItem(new Div(name, of, bar, score), why);
    }
}
