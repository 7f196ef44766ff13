package io.dragoman.dialect;

import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import java.util.List;

/** A query language: the one seam between the pipeline and what a database speaks. Implementations are stateless. */
public interface Dialect {

    /** The name on the wire: {@code postgresql}, {@code sqlite}, {@code duckdb}, {@code bigquery}, {@code mysql}, {@code q}. */
    String name();

    /**
     * Writes a logical plan in this language, in its idiom.
     *
     * @throws CannotRenderException when the language has no way to say a part of the plan
     */
    String render(LogicalPlan plan);

    /**
     * Writes a logical plan over tables that are known, for languages in which it matters what a column's native type is.
     *
     * @param schema the tables that the plan reads
     * @throws CannotRenderException when the language has no way to say a part of the plan
     */
    default String render(LogicalPlan plan, SchemaGroup schema) {
        return render(plan);
    }

    /**
     * Parses a query and decides from its tree whether it may run: syntax, then the safety allow-list, then that every
     * table and column resolves.
     *
     * @param query  any text, of any length; hostile input gives findings, never an exception
     * @param schema what names resolve against; null skips the schema check
     */
    Inspection inspect(String query, SchemaGroup schema);

    /**
     * The same, with the tables in which the database describes its own tables allowed or not.
     *
     * @param systemCatalogues whether those of them that show no data, no secrets and nobody else's queries may be read;
     *                         languages without such tables take no notice
     */
    default Inspection inspect(String query, SchemaGroup schema, boolean systemCatalogues) {
        return inspect(query, schema);
    }

    /**
     * The same query giving at most so many rows, starting at an offset. A smaller limit in the query stays.
     *
     * @param query one that passed {@link #inspect}
     * @param limit the most rows, positive
     * @param offset rows to leave out first, zero or positive
     */
    String limit(String query, int limit, int offset);

    /**
     * The same as {@link #limit}, with rows that the query leaves in no order put in the order of their columns, so that
     * pages of it neither repeat rows nor leave any out.
     *
     * @param columns positions, from 1, of the columns that rows can be sorted by; empty leaves the order as it is
     */
    default String page(String query, int limit, int offset, List<Integer> columns) {
        return limit(query, limit, offset);
    }
}
