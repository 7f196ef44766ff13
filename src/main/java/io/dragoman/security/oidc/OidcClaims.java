package io.dragoman.security.oidc;

import io.dragoman.config.OidcProperties;
import io.dragoman.security.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads from the claims of a checked token who it is about, what that one may do and what to see. Thread-safe. */
@Component
public class OidcClaims {

    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_NAME = 150;
    private static final int MOST_VALUES = 1_000;

    private final OidcProperties settings;
    private final Set<Role> defaultRoles = EnumSet.noneOf(Role.class);

    OidcClaims(OidcProperties settings) {
        this.settings = settings;
        settings.defaultRoles().forEach(name -> defaultRoles.add(Role.valueOf(name.toUpperCase(Locale.ROOT))));
    }

    /**
     * Who the claims are about.
     *
     * @throws IllegalArgumentException when they do not say it
     */
    public OidcIdentity identity(Map<String, Object> claims) {
        if (!(claims.get("sub") instanceof String subject) || subject.isBlank() || subject.length() > LONGEST_SUBJECT
                || subject.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("there is no subject of 1 to " + LONGEST_SUBJECT + " characters");
        }
        Set<Role> roles = roles(values(find(claims, settings.rolesClaim())));
        boolean all = roles.contains(Role.ADMIN);
        Set<String> groups = all || settings.groupsClaim().isBlank() ? null : groups(values(find(claims, settings.groupsClaim())));
        Set<String> sources = all || settings.dataSourcesClaim().isBlank() ? null
                : values(find(claims, settings.dataSourcesClaim()));
        return new OidcIdentity(settings.issuer() + " " + subject, name(claims, subject), roles, groups, sources);
    }

    /** Whether the claims hold those that roles and sight are read from. */
    public boolean sayEnough(Map<String, Object> claims) {
        return Stream.of(settings.rolesClaim(), settings.groupsClaim(), settings.dataSourcesClaim())
                .allMatch(claim -> claim.isBlank() || find(claims, claim) != null);
    }

    private Set<Role> roles(Set<String> values) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            List<String> giving = settings.roles().isEmpty() ? List.of(name) : settings.roles().getOrDefault(name, List.of());
            if (giving.stream().anyMatch(values::contains)) {
                roles.add(role);
            }
        }
        return roles.isEmpty() ? defaultRoles : roles;
    }

    private Set<String> groups(Set<String> values) {
        Set<String> groups = new LinkedHashSet<>();
        String prefix = settings.groupsPrefix();
        values.stream().filter(value -> value.startsWith(prefix) && value.length() > prefix.length())
                .forEach(value -> groups.add(value.substring(prefix.length())));
        return groups;
    }

    private String name(Map<String, Object> claims, String subject) {
        String name = List.of(settings.nameClaim(), "email", "name").stream().map(claim -> find(claims, claim))
                .filter(String.class::isInstance).map(String.class::cast).filter(text -> !text.isBlank()).findFirst().orElse(subject);
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        StringBuilder plain = new StringBuilder();
        cut.codePoints().forEach(c -> plain.appendCodePoint(Character.isBmpCodePoint(c) && Character.isLetterOrDigit(c)
                || c == '.' || c == '_' || c == '-' || c == '@' ? c : '-'));
        return plain.toString();
    }

    /** A claim of that very name, or else the one that the dots of the name lead to; null when there is none. */
    private static Object find(Map<String, Object> claims, String name) {
        Object exact = claims.get(name);
        if (exact != null) {
            return exact;
        }
        Object found = claims;
        for (String part : name.split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(part) : null;
        }
        return found;
    }

    /** The texts of a list, or the words of a text. */
    private static Set<String> values(Object claim) {
        Collection<?> all = claim instanceof Collection<?> list ? list
                : claim instanceof String text ? List.of(text.split("[ ,]+")) : List.of();
        Set<String> values = new LinkedHashSet<>();
        all.stream().filter(Objects::nonNull).limit(MOST_VALUES).map(Object::toString)
                .filter(value -> !value.isBlank() && value.length() <= LONGEST_SUBJECT && value.indexOf('\0') < 0)
                .forEach(values::add);
        return values;
    }
}
