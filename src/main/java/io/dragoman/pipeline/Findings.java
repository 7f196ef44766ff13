package io.dragoman.pipeline;

import io.dragoman.dialect.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Findings as prompts show them. */
final class Findings {

    private Findings() {
    }

    /** One finding a line: its code, message, place and suggestion. */
    static String lines(List<Finding> findings) {
        return findings.stream().map(finding -> "- " + finding.code() + ": " + finding.message()
                        + (finding.position() == null ? "" : " (line " + finding.position().line() + ", column "
                                + finding.position().column() + ")")
                        + (finding.suggestion() == null ? "" : " Suggested: " + finding.suggestion()))
                .collect(Collectors.joining("\n"));
    }
}
