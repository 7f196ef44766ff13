package io.dragoman.schema.search;

import io.dragoman.schema.SchemaGroup;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the compiled index of each group's snapshot. Thread-safe. */
class GroupIndexes {

    private final Lexemes dictionary;
    private final Map<UUID, GroupIndex> compiled = new ConcurrentHashMap<>();

    GroupIndexes(Lexemes dictionary) {
        this.dictionary = dictionary;
    }

    /** The index of a snapshot, compiled once by whoever comes first. */
    GroupIndex of(SchemaGroup group) {
        GroupIndex known = compiled.get(group.id());
        if (known != null && known.group() == group) {
            return known;
        }
        return compiled.compute(group.id(), (id, current) -> current != null && current.group() == group ? current
                : GroupIndexBuilder.compile(group, dictionary));
    }

    /** Forgets the groups that are not among those given. */
    void retain(Set<UUID> groups) {
        compiled.keySet().retainAll(groups);
    }
}
