package io.dragoman.schema;

import java.util.List;
import java.util.UUID;

/**
 * What an import did. Entries read {@code table orders}, {@code column orders.status}, {@code relationship …},
 * {@code example …}, {@code directive …}, {@code synonym …} or {@code definition …}.
 *
 * @param schemaGroupId     the group's id
 * @param schemaGroupName   the group's name
 * @param version           the group's version after the import; unchanged when nothing changed
 * @param tableCount        how many tables the group has now
 * @param added             what was not there before
 * @param changed           what is different now
 * @param removed           what is there no longer
 * @param rejected          what was left out because it cannot be taken
 * @param skippedStatements how many statements of a DDL script define no schema and were passed over
 */
public record ImportReport(UUID schemaGroupId, String schemaGroupName, long version, int tableCount, List<String> added,
        List<String> changed, List<String> removed, List<Rejection> rejected, int skippedStatements) {

    /** Copies the lists. */
    public ImportReport {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        rejected = List.copyOf(rejected);
    }
}
