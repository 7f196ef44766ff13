package io.dragoman.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.schema.SchemaGroup;
import java.time.Duration;

/**
 * Inspections of queries by their dialect, those that passed kept for a moment: a query is inspected when it is written, and
 * again right before it is run. They depend on nothing but what is asked here. Thread-safe.
 */
final class Inspections {

    private static final int LONGEST = 4_000;
    private static final int MOST = 200;
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final Cache<Asked, Inspection> passed = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MOMENT).build();

    /** A schema group is never changed, another takes its place. */
    private record Asked(String query, Dialect dialect, SchemaGroup schema, boolean systemCatalogues) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Asked asked && asked.dialect == dialect && asked.schema == schema
                    && asked.systemCatalogues == systemCatalogues && asked.query.equals(query);
        }

        @Override
        public int hashCode() {
            return query.hashCode();
        }
    }

    /** As {@link Dialect#inspect(String, SchemaGroup, boolean)} does. */
    Inspection of(String query, Dialect dialect, SchemaGroup schema, boolean systemCatalogues) {
        if (query.length() > LONGEST) {
            return dialect.inspect(query, schema, systemCatalogues);
        }
        Asked asked = new Asked(query, dialect, schema, systemCatalogues);
        Inspection known = passed.getIfPresent(asked);
        if (known != null) {
            return known;
        }
        Inspection inspection = dialect.inspect(query, schema, systemCatalogues);
        if (inspection.passed()) {
            passed.put(asked, inspection);
        }
        return inspection;
    }
}
