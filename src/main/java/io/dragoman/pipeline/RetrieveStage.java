package io.dragoman.pipeline;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.pipeline.QueryState.Retrieved;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.Retrieval;
import io.dragoman.schema.search.SchemaSearch;
import io.dragoman.schema.search.TableHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.caffeine.CaffeineConstants;
import org.springframework.stereotype.Component;

/** Finds the schema group and the tables that the question is about. */
@Component("retrieval")
class RetrieveStage {

    /** So many of the best hits decide on the group. */
    private static final int VOTERS = 5;

    /** The variables that a look-up leaves what it found in, and with what is to be kept. */
    private static final String FOUND = "knownTables";
    private static final String KEEP = "tablesToKeep";

    private final SchemaSearch search;
    private final SchemaContext context;

    RetrieveStage(SchemaSearch search, SchemaContext context) {
        this.search = search;
        this.context = context;
    }

    /**
     * Notes what the tables of a search are kept under: the question and the versions of all schema groups that the caller
     * sees. They are not kept while vectors are behind.
     *
     * @throws FailureException {@code NOT_FOUND} for an unknown group
     */
    public void about(Exchange exchange) {
        QueryState state = state(exchange);
        exchange.removeVariable(FOUND);
        exchange.removeVariable(KEEP);
        Optional<String> key = search.state(words(state), asked(state.question()));
        key.ifPresentOrElse(one -> exchange.getMessage().setHeader(CaffeineConstants.KEY, one),
                () -> exchange.getMessage().removeHeader(CaffeineConstants.KEY));
    }

    /** Whether the same search may have been made before. */
    public boolean wanted(Exchange exchange) {
        return exchange.getMessage().getHeader(CaffeineConstants.KEY) != null;
    }

    /** Whether the tables are known. */
    public boolean found(Exchange exchange) {
        return exchange.getVariable(FOUND) instanceof Retrieval;
    }

    /** Sets the retrieved tables to those that are known; throws as {@link #apply} does. */
    public QueryState recall(Exchange exchange) {
        return with(state(exchange), exchange.getVariable(FOUND, Retrieval.class));
    }

    /**
     * Searches, and sets the retrieved tables.
     *
     * @throws FailureException {@code NOT_FOUND} for an unknown group; {@code NO_RELEVANT_SCHEMA} when nothing is near
     */
    public QueryState apply(Exchange exchange) {
        QueryState state = state(exchange);
        Retrieval found = search.search(words(state), asked(state.question()), null, null);
        QueryState with = with(state, found);
        if (!found.degraded() && exchange.getMessage().getHeader(CaffeineConstants.KEY) != null) {
            exchange.setVariable(KEEP, found);
        }
        return with;
    }

    /** Whether there are tables to keep. */
    public boolean worthKeeping(Exchange exchange) {
        return exchange.getVariable(KEEP) != null;
    }

    private static QueryState state(Exchange exchange) {
        return exchange.getMessage().getBody(QueryState.class);
    }

    /** The name of the group that the question is put to; null for any. */
    private String asked(Question question) {
        return question.schemaGroup() == null ? null : context.named(question.schemaGroup()).name();
    }

    private QueryState with(QueryState state, Retrieval found) {
        Question question = state.question();
        String asked = asked(question);
        List<TableHit> hits = new ArrayList<>(found.hits());
        String group = asked;
        if (group == null && !hits.isEmpty()) {
            String best = bestGroup(hits);
            hits.removeIf(hit -> !hit.group().equals(best));
            group = best;
        }
        if (group != null && question.previous() != null && (state.intent().followUp() || hits.isEmpty())) {
            addTablesOf(question.previous(), context.named(group), hits);
        }
        if (hits.isEmpty()) {
            throw nothingRelevant(found, asked);
        }
        return state.revise()
                .retrieval(new Retrieved(group, List.copyOf(hits)))
                .degradation(found.degraded() ? found.degradedReason() : state.degradation())
                .done();
    }

    /** The question; one that changes another, which only its words tell, with those of the other. */
    private static String words(QueryState state) {
        Question question = state.question();
        return question.previous() != null || question.thread().isEmpty() || !state.intent().followUp() ? question.text()
                : question.thread().get(question.thread().size() - 1).question() + " " + question.text();
    }

    /** The group with the greatest sum of scores among the best hits. */
    private static String bestGroup(List<TableHit> hits) {
        Map<String, Double> votes = new HashMap<>();
        hits.stream().limit(VOTERS).forEach(hit -> votes.merge(hit.group(), hit.score(), Double::sum));
        return votes.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey(
                        Comparator.reverseOrder())))
                .orElseThrow().getKey();
    }

    /** A follow-up may name none of the tables that it is about. */
    private static void addTablesOf(LogicalPlan plan, SchemaGroup group, List<TableHit> hits) {
        for (LogicalPlan.Source source : plan.from()) {
            boolean known = hits.stream().anyMatch(hit -> hit.table().equalsIgnoreCase(source.table())
                    && hit.definition().equals(source.definition()));
            if (!known) {
                group.table(source.definition(), source.table())
                        .ifPresent(table -> hits.add(0, hit(table, group)));
            }
        }
    }

    private static TableHit hit(TableDefinition table, SchemaGroup group) {
        return new TableHit(table.id(), group.name(), table.definition(), table.name(), 1.0,
                List.of("used by the question before"));
    }

    private static FailureException nothingRelevant(Retrieval found, String asked) {
        List<Map<String, Object>> closest = found.closest().stream()
                .map(hit -> Map.<String, Object>of("group", hit.group(), "name", hit.table(), "score", hit.score()))
                .toList();
        return new FailureException(ErrorCode.NO_RELEVANT_SCHEMA, asked == null
                ? "No table of any schema group is about this question. Name a table or a schema group."
                : "No table of the schema group '" + asked + "' is about this question.",
                Map.of("stage", "retrieve", "closest_tables", closest));
    }
}
