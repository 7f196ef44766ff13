package io.dragoman.conversation;

import java.time.Instant;

/**
 * A database that questions of a thread were about.
 *
 * @param datasource  its name; null for questions whose query was written for no datasource
 * @param dialect     the language of the queries; null when not known
 * @param schemaGroup the name of the schema group; null when not known
 * @param runs        how many questions
 * @param executed    how many queries were run
 * @param lastUsedAt  when the last question began
 */
public record UsedDatabase(String datasource, String dialect, String schemaGroup, long runs, long executed,
        Instant lastUsedAt) {
}
