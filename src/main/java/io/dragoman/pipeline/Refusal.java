package io.dragoman.pipeline;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a caller is told of a query that may not run. */
final class Refusal {

    private Refusal() {
    }

    static FailureException of(String query, List<Finding> findings) {
        boolean policy = findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR
                && finding.check() != Check.POLICY);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("stage", "validate");
        details.put("query", query);
        details.put("findings", findings);
        String first = findings.stream().filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::message).findFirst().orElse("");
        return new FailureException(policy ? ErrorCode.POLICY_VIOLATION : ErrorCode.UNSAFE_QUERY,
                "The query was refused before it reached a database: " + first, details);
    }
}
