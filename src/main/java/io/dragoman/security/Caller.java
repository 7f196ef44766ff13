package io.dragoman.security;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Whoever asks, as far as the rest of the server has to know.
 *
 * @param userId       the stored user; null for {@link #LOCAL} and {@link #NOBODY}
 * @param name         for people and for the audit log, never null
 * @param roles        what the caller may do, never null
 * @param schemaGroups the names of the schema groups that the caller may see; null for all
 * @param dataSources  the names of the datasources that the caller may see; null for those that bear the name of a schema
 *                     group to be seen, or all of them when all schema groups are
 * @param credential   what the caller showed, such as {@code key drg_AbCdEf}; null for {@link #LOCAL}
 * @param callsPerSecond how often the caller may call; null for the configured number
 */
public record Caller(UUID userId, String name, Set<Role> roles, Set<String> schemaGroups, Set<String> dataSources,
        String credential, Integer callsPerSecond) {

    /** The server itself, such as while it loads the samples; may do and see everything. */
    public static final Caller LOCAL = new Caller(null, "server", Set.of(Role.values()), null, null, null, null);

    /** Somebody who did not say who it is; may do and see nothing. */
    public static final Caller NOBODY = new Caller(null, "nobody", Set.of(), Set.of(), Set.of(), null, null);

    /** Copies the sets. */
    public Caller {
        roles = roles == null ? Set.of() : Set.copyOf(roles);
        schemaGroups = schemaGroups == null ? null : Set.copyOf(schemaGroups);
        dataSources = dataSources == null ? null : Set.copyOf(dataSources);
    }

    /** Whether the caller has that role, or is an administrator. */
    public boolean is(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Whether the caller may see the schema group of that name. */
    public boolean sees(String schemaGroup) {
        return schemaGroups == null || schemaGroups.contains(schemaGroup);
    }

    /** Whether the caller may see every schema group that the other one may, and so whatever that one may have been told. */
    public boolean seesAllOf(Caller other) {
        return schemaGroups == null || other.schemaGroups != null && schemaGroups.containsAll(other.schemaGroups);
    }

    /** Whether the caller may see the datasource of that name. */
    public boolean seesDataSource(String dataSource) {
        return dataSources == null ? sees(dataSource) : dataSources.contains(dataSource);
    }

    /** Whether what belongs to that user is the caller's to see: administrators see everybody's. */
    public boolean owns(UUID user) {
        return roles.contains(Role.ADMIN) || userId != null && userId.equals(user);
    }

    /**
     * Goes on only when the caller has the role.
     *
     * @throws FailureException {@code FORBIDDEN}
     */
    public void require(Role role) {
        if (!is(role)) {
            String name = role.name().toLowerCase(Locale.ROOT);
            throw new FailureException(ErrorCode.FORBIDDEN, "This needs the role '" + name + "'.",
                    Map.of("required_roles", java.util.List.of(name)));
        }
    }

    /**
     * Goes on only when the caller may make or keep a schema group of that name.
     *
     * @throws FailureException {@code FORBIDDEN}, whether or not there is such a group
     */
    public void requireSight(String schemaGroup) {
        if (!sees(schemaGroup)) {
            throw new FailureException(ErrorCode.FORBIDDEN, "Your account or key is for certain schema groups only, and '"
                    + schemaGroup + "' is none of them.", Map.of("schema_group", schemaGroup));
        }
    }
}
