package io.dragoman.offline;

import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.search.TableHit;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;

/** The semantic parser: question → logical plan, by rules, over any schema group. Thread-safe, no I/O. */
@Service
public class OfflineEngine {

    /**
     * Interprets a question.
     *
     * @param question in plain language, at most 2,000 characters
     * @param group    the schema group; what is compiled from it is kept while the same instance is passed
     * @param hits     the tables that retrieval found, best first; empty considers all tables
     * @param previous the plan of the question before in the same conversation, for follow-ups; null for none
     * @param today    the caller's date, for checking dates (relative dates stay relative in the plan)
     */
    public Interpretation interpret(String question, SchemaGroup group, List<TableHit> hits, LogicalPlan previous,
            LocalDate today) {
        throw new UnsupportedOperationException();
    }
}
