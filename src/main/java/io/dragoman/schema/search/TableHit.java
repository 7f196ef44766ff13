package io.dragoman.schema.search;

import java.util.List;
import java.util.UUID;

/**
 * A table that retrieval found for a question.
 *
 * @param tableId    the stored id of the table
 * @param group      the name of its schema group
 * @param definition the name of its schema definition (its database)
 * @param table      its name
 * @param score      fused score from 0 to 1, higher is better; only comparable within one search
 * @param why        one reason a list entry, such as {@code vector similarity 0.71} or {@code value 'Boston' in city}
 */
public record TableHit(UUID tableId, String group, String definition, String table, double score, List<String> why) {
}
