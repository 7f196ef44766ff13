package io.dragoman.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.security.ApiKey;
import io.dragoman.security.ApiKeys;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /api-keys} does. A key is told in the reply that makes it, and nowhere else. */
@Component("apiKeyCalls")
final class ApiKeyCalls {

    private final ApiKeys keys;

    ApiKeyCalls(ApiKeys keys) {
        this.keys = keys;
    }

    /** A key on the wire; null lists are no limits beside the user's own. */
    record View(UUID id, String prefix, String name, String user, List<String> roles, Set<String> schemaGroups,
            Set<String> dataSources, boolean loopbackOnly, Instant expiresAt, Instant lastUsedAt, Instant revokedAt,
            Instant createdAt, Integer callsPerSecond, @JsonInclude(JsonInclude.Include.NON_NULL) String key) {

        static View of(ApiKey key, String secret) {
            return new View(key.id(), key.prefix(), key.name(), key.user(), RoleNames.write(key.roles()), key.schemaGroups(),
                    key.dataSources(), key.loopbackOnly(), key.expiresAt(), key.lastUsedAt(), key.revokedAt(),
                    key.createdAt(), key.callsPerSecond(), secret);
        }

        @Override
        public String toString() {
            return "View[" + prefix + "…]";
        }
    }

    /** What a key is to be. */
    record Body(String name, String user, List<String> roles, List<String> schemaGroups, List<String> dataSources,
            Instant expiresAt, Integer callsPerSecond) {
    }

    public Listing<View> list(@ExchangeProperty("page") Page page) {
        return new Listing<>(keys.list(page.limit(), page.offset()).stream().map(key -> View.of(key, null)).toList(),
                keys.count());
    }

    public View create(Body body) {
        ApiKey.Made made = keys.create(new ApiKey.Draft(body.name(), body.user(), RoleNames.read(body.roles()),
                UserCalls.set(body.schemaGroups()), UserCalls.set(body.dataSources()), body.expiresAt(), body.callsPerSecond()));
        return View.of(made.key(), made.secret());
    }

    public View revoke(@Header("id") String id) {
        return View.of(keys.revoke(id), null);
    }
}
