package io.dragoman.ui.ask;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.markdown.Markdown;
import io.dragoman.pipeline.QueryState;
import io.dragoman.ui.shell.Card;
import java.util.Locale;

/** The reply in words, and what stands out. */
class AnswerCard extends Card {

    AnswerCard(QueryState state) {
        super("Answer");
        addClassName("answer");
        beside(about(state));
        Markdown text = new Markdown(state.answer().text());
        text.addClassName("answer-text");
        add(text);
        if (state.answer().insights() != null && !state.answer().insights().isEmpty()) {
            UnorderedList insights = new UnorderedList();
            state.answer().insights().forEach(insight -> insights.add(new ListItem(insight)));
            add(insights);
        }
        if (state.degradation() != null) {
            Paragraph degraded = new Paragraph(state.degradation());
            degraded.addClassName("muted");
            add(degraded);
        }
    }

    private static Component about(QueryState state) {
        StringBuilder words = new StringBuilder();
        if (state.retrieval() != null && state.retrieval().group() != null) {
            words.append(state.retrieval().group()).append(" · ");
        }
        if (state.draft() != null) {
            words.append(state.draft().model() == null ? "offline engine" : state.draft().model()).append(" · ")
                    .append(String.format(Locale.ROOT, "confidence %.0f %%", 100 * state.draft().confidence()))
                    .append(" · ");
        }
        Span about = new Span(words + StageTrack.milliseconds(state.totalMs()));
        about.addClassNames("muted", "end");
        return about;
    }
}
