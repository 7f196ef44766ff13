package io.dragoman.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one section of a policy says, or what several say together. What is null is not limited by it.
 *
 * @param blockedKeywords  upper case
 * @param blockedTables    patterns of tables
 * @param blockedColumns   patterns of columns
 * @param blockedPatterns  sequences of tokens
 * @param maxComplexity    see {@link io.dragoman.dialect.QueryFeatures.Complexity#score()}
 * @param maxExecutionTime in seconds
 * @param maxRows          of a result
 * @param maxCost          in the unit of the database's planner
 * @param maxBytes         that a query reads, where the database tells beforehand
 * @param refinements      of one question
 * @param escalations      of one question
 * @param rounds           refinements and escalations of one question together
 * @param candidates       the queries that an LLM drafts for a question that does not say
 * @param requireApproval  when a person has to approve a query
 * @param systemCatalogues whether the database's own description of its tables may be read; null and false refuse it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicyRules(Set<String> blockedKeywords, List<NamePattern> blockedTables, List<NamePattern> blockedColumns,
        List<TokenPattern> blockedPatterns, Integer maxComplexity, Integer maxExecutionTime, Integer maxRows, Double maxCost,
        Long maxBytes, Integer refinements, Integer escalations, Integer rounds, Integer candidates,
        Approval requireApproval, Boolean systemCatalogues) {

    /** No limit at all. */
    public static final PolicyRules NONE = new PolicyRules(Set.of(), List.of(), List.of(), List.of(), null, null, null, null,
            null, null, null, null, null, Approval.NEVER, null);

    /** Copies the collections, in their order. */
    public PolicyRules {
        blockedKeywords = Collections.unmodifiableSet(new LinkedHashSet<>(blockedKeywords));
        blockedTables = List.copyOf(blockedTables);
        blockedColumns = List.copyOf(blockedColumns);
        blockedPatterns = List.copyOf(blockedPatterns);
    }

    /**
     * When a person has to approve a query before it is run.
     *
     * @param always    whether every query
     * @param aboveCost those that the database's planner expects to cost more; null for none
     * @param tables    those that read one of these tables
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Approval(@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean always, Double aboveCost, List<NamePattern> tables) {

        /** No query. */
        public static final Approval NEVER = new Approval(false, null, List.of());

        /** Copies the list. */
        public Approval {
            tables = List.copyOf(tables);
        }

        private Approval and(Approval other) {
            return new Approval(always || other.always, least(aboveCost, other.aboveCost), both(tables, other.tables));
        }
    }

    /** What both say together: everything that either blocks, and of each limit the stricter one. */
    public PolicyRules and(PolicyRules other) {
        Set<String> keywords = new LinkedHashSet<>(blockedKeywords);
        keywords.addAll(other.blockedKeywords);
        return new PolicyRules(keywords, both(blockedTables, other.blockedTables), both(blockedColumns, other.blockedColumns),
                both(blockedPatterns, other.blockedPatterns), least(maxComplexity, other.maxComplexity),
                least(maxExecutionTime, other.maxExecutionTime), least(maxRows, other.maxRows), least(maxCost, other.maxCost),
                least(maxBytes, other.maxBytes), least(refinements, other.refinements), least(escalations, other.escalations),
                least(rounds, other.rounds), least(candidates, other.candidates), requireApproval.and(other.requireApproval),
                systemCatalogues == null ? other.systemCatalogues : other.systemCatalogues == null ? systemCatalogues
                        : (Boolean) (systemCatalogues && other.systemCatalogues));
    }

    /** Whether the database's own description of its tables may be read. */
    public boolean allowsSystemCatalogues() {
        return Boolean.TRUE.equals(systemCatalogues);
    }

    /** Whether tables or columns are blocked, or tables need approval, so that it matters what views read. */
    boolean namesTables() {
        return !blockedTables.isEmpty() || !blockedColumns.isEmpty() || !requireApproval.tables().isEmpty();
    }

    private static <T extends Comparable<T>> T least(T one, T other) {
        return one == null ? other : other == null || one.compareTo(other) <= 0 ? one : other;
    }

    private static <T> List<T> both(Collection<T> one, Collection<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }
}
