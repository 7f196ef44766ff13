package io.dragoman.security;

import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.FailureException;
import io.dragoman.security.oidc.OidcTokens;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Tells from what a program shows who it is: the configured key for scripts, an API key, or a token. Thread-safe. */
@Service
public class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    /** What the callers have shown who showed the configured key. */
    static final String BOOTSTRAP_KEY = "bootstrap key";

    private static final String BEARER = "bearer ";
    private static final String BOOTSTRAP = "bootstrap";
    private static final int SHORT = 16;

    private final ApiKeys keys;
    private final Users users;
    private final OidcTokens tokens;
    private final ExternalUsers external;
    private final byte[] bootstrap;
    private volatile Caller script;

    Credentials(ApiKeys keys, Users users, OidcTokens tokens, ExternalUsers external, DragomanProperties properties) {
        this.keys = keys;
        this.users = users;
        this.tokens = tokens;
        this.external = external;
        String key = properties.security().bootstrapApiKey();
        bootstrap = key.isBlank() ? null : ApiKeys.hash(key);
        if (bootstrap != null && key.length() < SHORT) {
            LOG.warn("DRAGOMAN_BOOTSTRAP_API_KEY is short enough to be guessed: take at least {} characters", SHORT);
        }
    }

    /**
     * The key or token among what a program sent; the key counts where both are there.
     *
     * @param key           what stands where a key belongs; may be null or blank
     * @param authorization what stands where {@code Bearer} and a key or token belong (RFC 6750); may be null
     * @return null when neither has any
     */
    public static String shown(String key, String authorization) {
        if (key != null && !key.isBlank()) {
            return key.strip();
        }
        return authorization != null && bearer(authorization) ? authorization.substring(BEARER.length()).strip() : null;
    }

    /** The key or token of a text that has it alone, or behind {@code Bearer}. */
    public static String shown(String text) {
        return bearer(text) ? text.substring(BEARER.length()).strip() : text.strip();
    }

    private static boolean bearer(String text) {
        return text.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /**
     * Who shows that key or token.
     *
     * @param loopback whether the connection comes from this machine, by its socket
     * @return empty when it is not taken
     * @throws FailureException {@code UNAUTHENTICATED}, which says why a token is not taken;
     *                          {@code IDENTITY_PROVIDER_UNAVAILABLE} when it cannot be checked
     */
    public Optional<Caller> authenticate(String key, boolean loopback) {
        if (bootstrap != null && MessageDigest.isEqual(bootstrap, ApiKeys.hash(key))) {
            return Optional.of(script());
        }
        return tokens.isToken(key) ? external.caller(tokens.identity(key)) : keys.authenticate(key, loopback);
    }

    private Caller script() {
        if (script == null) {
            Set<Role> all = EnumSet.allOf(Role.class);
            User user = users.builtIn(BOOTSTRAP, all);
            script = new Caller(user.id(), BOOTSTRAP, all, null, null, BOOTSTRAP_KEY, null);
        }
        return script;
    }
}
