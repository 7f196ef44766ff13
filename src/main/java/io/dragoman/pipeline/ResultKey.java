package io.dragoman.pipeline;

import io.dragoman.cache.CacheKey;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.security.Caller;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the rows of a query are kept under: everything that they depend on, and everything that decides who may see them. Whoever
 * finds rows under a key passed the same checks as the one for whom they were read.
 */
final class ResultKey {

    private ResultKey() {
    }

    /** @return null when the datasource's rows are not to be kept */
    static String of(DataSourceDefinition source, String query, int rows, SchemaGroup group, Caller caller, String policy) {
        return !source.keepsResults() ? null : CacheKey.of(source.id(), source.dialect(), source.url(), source.user(),
                new TreeMap<>(source.options()), query, rows, group == null ? null : group.id() + " " + group.version(),
                sorted(caller.roles()), sorted(caller.schemaGroups()), sorted(caller.dataSources()), policy);
    }

    private static Collection<?> sorted(Collection<?> names) {
        return names == null ? null : new TreeSet<>(names);
    }
}
