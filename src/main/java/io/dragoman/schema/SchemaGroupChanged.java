package io.dragoman.schema;

/**
 * Published as an application event after a schema group, or anything in it, was changed by this or another server and the
 * change is committed. {@link SchemaGroups} already gives the new state, or none when the group was deleted or renamed away.
 *
 * @param groupName the group's name; a renamed group gives one event for each of its names; null when it may be any of them
 */
public record SchemaGroupChanged(String groupName) {
}
