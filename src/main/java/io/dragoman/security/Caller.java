package io.dragoman.security;

import java.util.Set;
import java.util.UUID;

/**
 * Whoever asks, as far as the rest of the server has to know.
 *
 * @param userId       the stored user; null for the server itself and for {@link #LOCAL}
 * @param name         for people and for the audit log, never null
 * @param roles        what the caller may do, never null
 * @param schemaGroups the names of the schema groups that the caller may see; null for all
 */
public record Caller(UUID userId, String name, Set<Role> roles, Set<String> schemaGroups) {

    /** The person at the machine of a server that has no sign-in, who may do everything. */
    public static final Caller LOCAL = new Caller(null, "local", Set.of(Role.values()), null);

    /** Copies the sets. */
    public Caller {
        roles = roles == null ? Set.of() : Set.copyOf(roles);
        schemaGroups = schemaGroups == null ? null : Set.copyOf(schemaGroups);
    }

    /** Whether the caller has that role, or is an administrator. */
    public boolean is(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Whether the caller may see the schema group of that name. */
    public boolean sees(String schemaGroup) {
        return schemaGroups == null || schemaGroups.contains(schemaGroup);
    }
}
