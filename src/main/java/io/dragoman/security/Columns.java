package io.dragoman.security;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Columns of sets and times. */
final class Columns {

    private Columns() {
    }

    /** A set of names; null when the column is. */
    static Set<String> names(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : new LinkedHashSet<>(List.of((String[]) array.getArray()));
    }

    /** A set of roles; ones that this version does not know are left out. */
    static Set<Role> roles(ResultSet row, String column) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Set<String> names = names(row, column);
        if (names != null) {
            for (Role role : Role.values()) {
                if (names.contains(role.name())) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** Names as the parameter of a {@code text[]} column. */
    static String[] array(Collection<String> names) {
        return names == null ? null : names.toArray(String[]::new);
    }

    /** Roles as the parameter of a {@code text[]} column. */
    static String[] array(Set<Role> roles) {
        return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }
}
