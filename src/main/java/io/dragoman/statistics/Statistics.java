package io.dragoman.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * How the server was used and how well it answered. Rates are from 0 to 1 and null where there is nothing to share.
 *
 * @param since       what started that day or later is in
 * @param asOf        up to when runs are in
 * @param schemaGroup the one that was asked for; null for all that the caller sees
 * @param latencyMs   milliseconds by stage, off by at most 5 %; {@code total} is the whole run
 * @param failures    the most frequent first
 * @param caches      of this server since it started; empty when nothing is counted
 */
public record Statistics(Instant since, Instant asOf, String schemaGroup, Totals totals, List<Day> byDay,
        List<Group> bySchemaGroup, List<ByEngine> byEngine, List<ByStatus> byStatus, List<Latency> latencyMs,
        List<Reason> failures, Scores feedback, List<CacheHits> caches) {

    /**
     * Counts of runs and what shares of them they are.
     *
     * @param successRate    completed, of those that do not wait
     * @param refinementRate whose query had to be refined at least once
     * @param escalationRate whose question had to be read again
     * @param degradedRate   that had to go on without an LLM
     * @param retryRate      that somebody asked again with feedback
     */
    public record Totals(long runs, long completed, long failed, Double successRate, Double refinementRate,
            Double escalationRate, Double degradedRate, Double retryRate) {
    }

    /** The runs of a day in UTC. */
    public record Day(LocalDate day, Totals totals) {
    }

    /** The runs on a schema group; null for those about none. */
    public record Group(String schemaGroup, Totals totals) {
    }

    /** The runs by who wrote the query. */
    public record ByEngine(String engine, Totals totals) {
    }

    /** How many runs stand so. */
    public record ByStatus(String status, long runs) {
    }

    /** How long a stage took, in milliseconds, half and nineteen twentieths of the time. */
    public record Latency(String stage, long runs, double p50, double p95) {
    }

    /** Why runs failed. */
    public record Reason(String code, long runs) {
    }

    /**
     * What people said.
     *
     * @param score the share of good among what was rated; null when nothing was
     */
    public record Scores(long total, long good, long bad, Double score, long corrections, long open, long accepted,
            long rejected, long promoted) {
    }

    /** How often a cache had what was looked for. */
    public record CacheHits(String cache, long hits, long misses, Double hitRate) {
    }
}
