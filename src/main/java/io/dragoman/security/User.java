package io.dragoman.security;

import io.dragoman.failure.FailureException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who may sign in or own keys.
 *
 * @param id                 the stored id
 * @param name               unique
 * @param roles              what the user may do, never null
 * @param enabled            whether the user may do anything at all
 * @param schemaGroups       the names of the schema groups that the user sees; null for all
 * @param dataSources        the names of the datasources that the user sees; null for all
 * @param mustChangePassword whether the password has to be changed at the next sign-in
 * @param external           whether the user signs in by OpenID Connect
 * @param lastSignInAt       null for never
 * @param createdAt          when the user was made
 */
public record User(UUID id, String name, Set<Role> roles, boolean enabled, Set<String> schemaGroups,
        Set<String> dataSources, boolean mustChangePassword, boolean external, Instant lastSignInAt, Instant createdAt) {

    /** The user as a caller who showed that credential. */
    Caller caller(String credential) {
        return enabled ? new Caller(id, name, roles, schemaGroups, dataSources, credential, null) : Caller.NOBODY;
    }

    /**
     * Refuses an administrator who sees only a part, as administrators could give themselves the rest.
     *
     * @throws FailureException {@code VALIDATION_FAILED}
     */
    static void refuseScopedAdministrator(Set<Role> roles, Set<String> schemaGroups, Set<String> dataSources) {
        if (roles.contains(Role.ADMIN) && (schemaGroups != null || dataSources != null)) {
            throw FailureException.invalid("roles", "An administrator sees everything: leave 'schema_groups' and "
                    + "'data_sources' out, or the role 'admin'.");
        }
    }

    /**
     * What a user is to be. Null leaves what is there, or takes the default for a new one.
     *
     * @param name         of a new user; letters, digits and {@code . _ - @}
     * @param password     12 to 72 bytes; null for a user who only owns keys
     * @param roles        may do
     * @param enabled      true for a new one
     * @param schemaGroups the names to see
     * @param dataSources  the names to see
     * @param seesAll      true takes away the present limits on what is seen; those given here count
     */
    public record Draft(String name, String password, Set<Role> roles, Boolean enabled, Set<String> schemaGroups,
            Set<String> dataSources, Boolean seesAll) {
    }
}
