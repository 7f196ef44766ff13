package io.dragoman.security;

import io.dragoman.config.DragomanProperties;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Tells from what a program shows who it is: the configured key for scripts, or an API key. Thread-safe. */
@Service
public class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final String BOOTSTRAP = "bootstrap";
    private static final int SHORT = 16;

    private final ApiKeys keys;
    private final Users users;
    private final byte[] bootstrap;
    private volatile Caller script;

    Credentials(ApiKeys keys, Users users, DragomanProperties properties) {
        this.keys = keys;
        this.users = users;
        String key = properties.security().bootstrapApiKey();
        bootstrap = key.isBlank() ? null : ApiKeys.hash(key);
        if (bootstrap != null && key.length() < SHORT) {
            LOG.warn("DRAGOMAN_BOOTSTRAP_API_KEY is short enough to be guessed: take at least {} characters", SHORT);
        }
    }

    /**
     * Who shows that key.
     *
     * @param loopback whether the connection comes from this machine, by its socket
     */
    public Optional<Caller> authenticate(String key, boolean loopback) {
        if (bootstrap != null && MessageDigest.isEqual(bootstrap, ApiKeys.hash(key))) {
            return Optional.of(script());
        }
        return keys.authenticate(key, loopback);
    }

    private Caller script() {
        if (script == null) {
            Set<Role> all = EnumSet.allOf(Role.class);
            User user = users.builtIn(BOOTSTRAP, all);
            script = new Caller(user.id(), BOOTSTRAP, all, null, null, BOOTSTRAP + " key", null);
        }
        return script;
    }
}
