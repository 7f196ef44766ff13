package io.dragoman.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import java.util.UUID;

/** Callers with roles and scopes, made by an administrator. */
public final class Tenants {

    private final Server admin;

    /** Makes them as that administrator. */
    public Tenants(Server admin) {
        this.admin = admin;
    }

    /**
     * A new user's key.
     *
     * @param roles a JSON list
     * @param scope further JSON fields of the user, each followed by a comma; empty for none
     */
    public Server caller(String roles, String scope) {
        String name = "user-" + UUID.randomUUID();
        Reply user = admin.post("/api/v1/users", "{" + scope + "\"name\": \"" + name + "\", \"roles\": " + roles + "}");
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        return admin.with(key("{\"name\": \"test\", \"user\": \"" + name + "\"}"));
    }

    /** A new key. */
    public String key(String body) {
        Reply key = admin.post("/api/v1/api-keys", body);
        assertThat(key.status()).as(key.text()).isEqualTo(201);
        return key.data().path("key").asText();
    }
}
