package io.dragoman.api.access;

import io.dragoman.failure.FailureException;
import io.dragoman.security.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Roles as they are on the wire: in lower case. */
final class RoleNames {

    private RoleNames() {
    }

    /** The roles of those names; null when there is no list. */
    static Set<Role> read(List<String> names) {
        if (names == null) {
            return null;
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            try {
                roles.add(Role.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw FailureException.invalid("roles", "'roles' has to be a list of asker, curator, approver and admin.");
            }
        }
        return roles;
    }

    /** The names of roles, in the order of the roles. */
    static List<String> write(Set<Role> roles) {
        return roles.stream().sorted().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
    }
}
