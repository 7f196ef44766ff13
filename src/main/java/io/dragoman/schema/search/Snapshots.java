package io.dragoman.schema.search;

import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the search gets its groups from.
 *
 * @param find  the current snapshot by name or id
 * @param names of all groups
 */
record Snapshots(Function<String, Optional<SchemaGroup>> find, Supplier<List<String>> names) {

    List<SchemaGroup> all() {
        return names.get().stream().map(find).flatMap(Optional::stream).toList();
    }
}
