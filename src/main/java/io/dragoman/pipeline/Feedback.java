package io.dragoman.pipeline;

import io.dragoman.pipeline.QueryState.Retry;
import java.util.stream.Collectors;

/** What people said of a query, as prompts show it. */
final class Feedback {

    private static final int LONGEST = 4_000;

    private Feedback() {
    }

    /** One remark a line, the latest last; of many, the latest. */
    static String lines(Retry retry) {
        String all = retry.feedback().stream().map(said -> "- " + said.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining("\n"));
        return all.length() <= LONGEST ? all : "…" + all.substring(all.length() - LONGEST);
    }
}
