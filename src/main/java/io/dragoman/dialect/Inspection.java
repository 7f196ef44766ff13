package io.dragoman.dialect;

import java.util.List;
import java.util.Objects;

/**
 * What the static checks (syntax, safety, schema) say of a query.
 *
 * @param findings in the order of the checks, then of position
 * @param tables   the tables that the query reads, as it names them, each once; empty when it does not parse
 * @param query    the query as it may run: the text that was checked, printed again from its tree where a safe fix was
 *                 made; null when a finding is an error
 * @param features what the query is made of; {@link QueryFeatures#NONE} when it does not parse or is not safe
 * @param rows     gives the query with a limit, from the tree that was checked; null when a finding is an error
 */
public record Inspection(List<Finding> findings, List<String> tables, String query, QueryFeatures features, Rows rows) {

    /** A query that was read, from which others are made that give some of its rows. */
    public interface Rows {

        /** As {@link Dialect#limit} does. */
        String limited(int limit, int offset);

        /** As {@link Dialect#page} does. */
        default String page(int limit, int offset, List<Integer> columns) {
            return limited(limit, offset);
        }
    }

    /** Copies the lists. */
    public Inspection {
        findings = List.copyOf(findings);
        tables = List.copyOf(tables);
    }

    /** Of a query that does not parse or is not safe. */
    public static Inspection refused(List<Finding> findings) {
        return new Inspection(findings, List.of(), null, QueryFeatures.NONE, null);
    }

    /**
     * The query giving at most so many rows, as {@link Dialect#limit} says it.
     *
     * @throws NullPointerException when a finding is an error
     */
    public String limited(int limit, int offset) {
        return Objects.requireNonNull(rows, "a query that did not pass").limited(limit, offset);
    }

    /**
     * A page of the query's rows, as {@link Dialect#page} says it.
     *
     * @throws NullPointerException when a finding is an error
     */
    public String page(int limit, int offset, List<Integer> columns) {
        return Objects.requireNonNull(rows, "a query that did not pass").page(limit, offset, columns);
    }

    /** Whether no finding is an error. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
