package io.dragoman.pipeline;

import java.util.Locale;
import java.util.stream.Collectors;

/** What a stage found, in a few words for people. */
final class StageDetail {

    private static final int MOST_TABLES = 5;

    private StageDetail() {
    }

    static String of(String stage, QueryState state) {
        return switch (stage) {
            case "intent" -> words(state.intent().type().name()) + (state.intent().followUp() ? ", follow-up" : "");
            case "retrieve" -> state.retrieval().hits().stream().limit(MOST_TABLES).map(hit -> hit.table())
                    .collect(Collectors.joining(", ", state.retrieval().group() + ": ", ""));
            case "analyse" -> state.analysis() == null ? state.clarification().question()
                    : words(state.analysis().queryType()) + " in " + state.analysis().dialect();
            case "plan" -> String.join(" ", state.analysis().steps());
            case "generate", "refine" -> state.draft().query() == null ? state.draft().problem() : state.draft().query();
            case "validate" -> words(state.validation().result().name()) + (state.validation().findings().isEmpty() ? ""
                    : ": " + state.validation().findings().get(0).message());
            case "execute" -> state.results().rowCount() + " rows" + (state.results().truncated() ? ", truncated" : "")
                    + (state.results().cached() ? ", kept from before" : "");
            case "answer", "describe", "reply" -> state.answer() == null ? null : state.answer().text();
            default -> null;
        };
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
