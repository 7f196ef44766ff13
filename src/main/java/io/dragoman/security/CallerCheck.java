package io.dragoman.security;

import io.dragoman.config.DragomanProperties;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Tells whether somebody who asked earlier still may, for work that is done later. Thread-safe. */
@Service
public class CallerCheck {

    private final Users users;
    private final ApiKeys keys;
    private final boolean bootstrap;

    CallerCheck(Users users, ApiKeys keys, DragomanProperties properties) {
        this.users = users;
        this.keys = keys;
        this.bootstrap = !properties.security().bootstrapApiKey().isBlank();
    }

    /**
     * Who that caller is by now: with those rights of then that are left. What a token gave is its own, and stays.
     *
     * @return empty when the user is gone or disabled, or the key that was shown is revoked or out of date
     */
    public Optional<Caller> still(Caller before) {
        if (before.userId() == null || before.credential() == null
                || before.credential().equals(Credentials.BOOTSTRAP_KEY) && !bootstrap) {
            return Optional.empty();
        }
        Optional<User> user = users.find(before.userId()).filter(User::enabled);
        if (before.credential().equals(ExternalUsers.TOKEN)) {
            return user.map(one -> before);
        }
        return user.flatMap(one -> before.credential().startsWith(ApiKeys.CREDENTIAL) ? keys.still(before, one)
                : Optional.of(one.caller(before.credential()))).map(now -> common(before, now));
    }

    private static Caller common(Caller before, Caller now) {
        Set<Role> roles = new HashSet<>(before.roles());
        roles.removeIf(role -> !now.is(role));
        return new Caller(now.userId(), now.name(), roles, ApiKeys.both(before.schemaGroups(), now.schemaGroups()),
                ApiKeys.both(before.dataSources(), now.dataSources()), before.credential(), before.callsPerSecond());
    }
}
