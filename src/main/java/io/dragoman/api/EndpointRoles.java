package io.dragoman.api;

import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The table of who may call what, {@code routes/endpoint-roles.yaml}. A call that is not in it is refused. */
@Component
public final class EndpointRoles {

    private static final String ANYONE = "anyone";
    private static final String ANY = "any";

    private final Map<String, Access> table = new TreeMap<>();

    EndpointRoles(DragomanProperties properties, ResourceLoader resources) {
        String place = properties.security().endpointRoles();
        try (InputStream in = resources.getResource(place).getInputStream()) {
            Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            read.forEach((call, roles) -> table.put(call, Access.of(place, call, String.valueOf(roles))));
        } catch (IOException e) {
            throw new UncheckedIOException("The table of roles cannot be read: " + place, e);
        }
    }

    /**
     * What one call needs.
     *
     * @param call   method and path
     * @param anyone whether callers need not say who they are
     * @param roles  of which a caller needs one; empty when any caller may
     * @param listed whether the call is in the table at all
     */
    public record Access(String call, boolean anyone, Set<Role> roles, boolean listed) {

        private static Access of(String place, String call, String text) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (String word : text.split(",")) {
                String name = word.strip();
                if (!name.equals(ANYONE) && !name.equals(ANY)) {
                    try {
                        roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalStateException(place + " gives '" + call + "' to '" + name + "', which is no role");
                    }
                }
            }
            return new Access(call, text.strip().equals(ANYONE), roles, true);
        }

        /**
         * Goes on only when the caller may make this call.
         *
         * @throws FailureException {@code UNAUTHENTICATED} or {@code FORBIDDEN}
         */
        public void check(Caller caller) {
            if (anyone) {
                return;
            }
            if (caller.equals(Caller.NOBODY)) {
                throw new FailureException(SignInFailures.UNAUTHENTICATED);
            }
            if (!listed) {
                throw new FailureException(ErrorCode.FORBIDDEN, "Nobody may call this: it is not in the table of roles.");
            }
            if (!roles.isEmpty() && roles.stream().noneMatch(caller::is)) {
                List<String> names = names();
                throw new FailureException(ErrorCode.FORBIDDEN, "This needs the role " + String.join(" or ", names) + ".",
                        Map.of("required_roles", names));
            }
        }

        /** The roles on the wire. */
        List<String> names() {
            return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
        }
    }

    /** What a call needs, by its method and path template. */
    public Access of(String method, String path) {
        String call = method + " " + path;
        return table.getOrDefault(call, new Access(call, false, Set.of(), false));
    }

    /** The paths that take requests of callers who did not say who they are. */
    String[] openPaths() {
        return table.values().stream().filter(Access::anyone).map(access -> access.call().substring(
                access.call().indexOf(' ') + 1)).distinct().toArray(String[]::new);
    }

    /** Everything in the table, as {@code METHOD path}. */
    Set<String> calls() {
        return table.keySet();
    }
}
