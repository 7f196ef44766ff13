package io.dragoman.schema;

import java.util.UUID;

/**
 * One database within a schema group. Tables of different definitions cannot be joined in one query unless the
 * definitions share a datasource.
 *
 * @param id          the stored id; null before it is stored
 * @param name        unique within the group, such as {@code loans_db}
 * @param description what the database holds; null when nobody said
 * @param dialect     the query language of the database, such as {@code postgresql} or {@code q}; null when unknown
 * @param datasource  the name of the datasource that queries run on; null when none is connected
 */
public record SchemaDefinition(UUID id, String name, String description, String dialect, String datasource) {
}
