package io.dragoman.cluster;

/**
 * Something in the database changed.
 *
 * @param kind what was changed, such as {@code schema_group}
 * @param key  which one; null when it may be any or all of them
 * @param here whether this server made the change
 */
public record Change(String kind, String key, boolean here) {
}
