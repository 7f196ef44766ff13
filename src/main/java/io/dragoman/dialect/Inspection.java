package io.dragoman.dialect;

import java.util.List;

/**
 * What the static checks (syntax, safety, schema) say of a query.
 *
 * @param findings in the order of the checks, then of position
 * @param tables   the tables that the query reads, as it names them, each once; empty when it does not parse
 * @param query    the query as it may run: the text that was checked, printed again from its tree where a safe fix was
 *                 made; null when a finding is an error
 * @param features what the query is made of; {@link QueryFeatures#NONE} when it does not parse or is not safe
 */
public record Inspection(List<Finding> findings, List<String> tables, String query, QueryFeatures features) {

    /** Copies the lists. */
    public Inspection {
        findings = List.copyOf(findings);
        tables = List.copyOf(tables);
    }

    /** Of a query that does not parse or is not safe. */
    public static Inspection refused(List<Finding> findings) {
        return new Inspection(findings, List.of(), null, QueryFeatures.NONE);
    }

    /** Whether no finding is an error. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
