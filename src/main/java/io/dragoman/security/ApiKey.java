package io.dragoman.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A key that a program shows in place of its user. The key itself is not kept.
 *
 * @param id           the stored id
 * @param prefix       the first characters, to recognise it by
 * @param name         what it is for
 * @param user         the name of the user that it stands for
 * @param roles        what it may do, as far as the user may
 * @param schemaGroups the names of the schema groups that it sees, as far as the user does; null for all of those
 * @param dataSources  the names of the datasources that it sees, as far as the user does; null for all of those
 * @param loopbackOnly whether it is taken only from this machine
 * @param expiresAt    null for never
 * @param lastUsedAt   to about ten seconds; null for never
 * @param revokedAt    null while it can be used
 * @param createdAt    when it was made
 * @param callsPerSecond how often it may call; null for the configured number
 */
public record ApiKey(UUID id, String prefix, String name, String user, Set<Role> roles, Set<String> schemaGroups,
        Set<String> dataSources, boolean loopbackOnly, Instant expiresAt, Instant lastUsedAt, Instant revokedAt,
        Instant createdAt, Integer callsPerSecond) {

    /**
     * What a key is to be.
     *
     * @param name         what it is for, 1 to 200 characters
     * @param user         the id or name of the user that it stands for; null for whoever makes it
     * @param roles        null for all that the user has
     * @param schemaGroups null for all that the user sees
     * @param dataSources  null for all that the user sees
     * @param expiresAt    in the future; null for never
     * @param callsPerSecond at least 1; null for the configured number
     */
    public record Draft(String name, String user, Set<Role> roles, Set<String> schemaGroups, Set<String> dataSources,
            Instant expiresAt, Integer callsPerSecond) {
    }

    /**
     * A key that was made.
     *
     * @param key    what is kept of it
     * @param secret the key itself, which can be read here and nowhere else
     */
    public record Made(ApiKey key, String secret) {

        @Override
        public String toString() {
            return "Made[" + key.prefix() + "…]";
        }
    }
}
