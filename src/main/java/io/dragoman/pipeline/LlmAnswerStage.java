package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.answer.Answers;
import io.dragoman.answer.Chart;
import io.dragoman.datasource.ResultTable;
import io.dragoman.pipeline.QueryState.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** By LLM: puts the rows in words. How they are drawn is decided by their shape, without an LLM. */
@Component
class LlmAnswerStage implements LlmStage {

    private static final int MOST_ROWS = 30;
    private static final int LONGEST_VALUE = 100;

    private final Answers answers;

    LlmAnswerStage(Answers answers) {
        this.answers = answers;
    }

    @Override
    public String name() {
        return "answer";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        ResultTable results = state.results();
        String head = results.columns().stream().map(ResultTable.ResultColumn::name).collect(Collectors.joining(" | "));
        String rows = results.rows().stream().limit(MOST_ROWS)
                .map(row -> row.stream().map(LlmAnswerStage::value).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining("\n"));
        return Map.of("question", Fence.of(state.question().text()), "query", Fence.of(state.draft().query()),
                "count", results.rowCount() + (results.truncated() ? " (there are more)" : ""),
                "rows", Fence.of(head + "\n" + rows));
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        List<String> insights = new ArrayList<>();
        reply.path("insights").forEach(insight -> insights.add(insight.asText()));
        Chart chart = answers.chart(state.question().text(), state.draft().plan(), state.results());
        return state.revise().answer(new Answer(LlmStage.text(reply, "text"), insights, chart == null ? null : chart.toMap()))
                .done();
    }

    private static String value(Object value) {
        String text = value == null ? "null" : value.toString();
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }
}
