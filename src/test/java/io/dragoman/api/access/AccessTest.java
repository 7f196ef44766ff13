package io.dragoman.api.access;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.security.FirstAccess;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys, users, the audit log and rate limits, over HTTP. */
class AccessTest extends ApiTest {

    @Autowired
    private FirstAccess firstAccess;
    @Autowired
    private JdbcClient database;
    private Tenants tenants;

    @BeforeEach
    void makeTenants() {
        tenants = new Tenants(server);
    }

    @Test
    void whoDoesNotSayWhoItIsIsUnauthenticated() {
        for (Server caller : List.of(server.with(null), server.with("wrong"), server.with("drg_" + "A".repeat(43)),
                server.with("x".repeat(5_000)))) {
            Reply reply = caller.get("/api/v1/schemas");
            refused(reply, 401, "UNAUTHENTICATED");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
        refused(server.with(null).get("/api/v1/no-such-call"), 401, "UNAUTHENTICATED");
    }

    @Test
    void aKeyIsTakenAsBearerToo() {
        Server anonymous = server.with(null);
        assertThat(anonymous.send(anonymous.to("/api/v1/schemas").header("Authorization", "Bearer " + KEY)).status())
                .isEqualTo(200);
        assertThat(anonymous.send(anonymous.to("/api/v1/schemas").header("Authorization", "Basic " + KEY)).status())
                .isEqualTo(401);
    }

    @Test
    void whoLacksTheRoleIsForbidden() {
        Reply reply = tenants.caller("[\"asker\"]", "").post("/api/v1/schemas", "{\"name\": \"mine\"}");
        refused(reply, 403, "FORBIDDEN");
        assertThat(reply.error().path("details").path("required_roles").path(0).asText()).isEqualTo("curator");
    }

    @Test
    void aKeyIsToldOnceAndKeptAsItsHash() {
        Reply made = server.post("/api/v1/api-keys", "{\"name\": \"reports\", \"roles\": [\"asker\"]}");
        String key = made.data().path("key").asText();
        assertThat(key).startsWith("drg_").hasSize(47).startsWith(made.data().path("prefix").asText());
        assertThat(server.get("/api/v1/api-keys?limit=1000").text()).doesNotContain(key)
                .contains(made.data().path("prefix").asText());
        assertThat(database.sql("SELECT count(*) FROM api_keys WHERE encode(key_hash, 'escape') LIKE '%' || ? || '%'"
                + " OR name LIKE '%' || ? || '%' OR prefix = ?").params(key, key, key).query(Long.class).single()).isZero();
        assertThat(server.with(key).get("/api/v1/schemas").status()).isEqualTo(200);
        refused(server.with(key).get("/api/v1/users"), 403, "FORBIDDEN");
    }

    @Test
    void aRevokedKeyAndOneOutOfDateAreNotTaken() throws Throwable {
        Reply made = server.post("/api/v1/api-keys", "{\"name\": \"short\"}");
        Server caller = server.with(made.data().path("key").asText());
        assertThat(caller.get("/api/v1/schemas").status()).isEqualTo(200);
        server.send(server.to("/api/v1/api-keys/" + made.data().path("id").asText()).DELETE());
        refused(caller.get("/api/v1/schemas"), 401, "UNAUTHENTICATED");
        atLeastOnce(() -> {
            Server brief = server.with(tenants.key("{\"name\": \"brief\", \"expires_at\": \""
                    + Instant.now().plusMillis(1_500) + "\"}"));
            assertThat(brief.get("/api/v1/schemas").status()).isEqualTo(200);
            Thread.sleep(1_600);
            refused(brief.get("/api/v1/schemas"), 401, "UNAUTHENTICATED");
        });
    }

    @Test
    void aDisabledUsersKeysAreNotTakenWithinSeconds() {
        String name = "leaver-" + UUID.randomUUID();
        server.post("/api/v1/users", "{\"name\": \"" + name + "\"}");
        Server caller = server.with(tenants.key("{\"name\": \"k\", \"user\": \"" + name + "\"}"));
        assertThat(caller.get("/api/v1/schemas").status()).isEqualTo(200);
        server.send(server.to("/api/v1/users/" + name).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"enabled\": false}")));
        refused(caller.get("/api/v1/schemas"), 401, "UNAUTHENTICATED");
    }

    @Test
    void aKeyNeverExceedsItsUser() {
        String name = "asker-" + UUID.randomUUID();
        server.post("/api/v1/users", "{\"name\": \"" + name + "\", \"roles\": [\"asker\"]}");
        refused(server.post("/api/v1/api-keys", "{\"name\": \"k\", \"user\": \"" + name + "\", \"roles\": [\"admin\"]}"), 400,
                "VALIDATION_FAILED");
        refused(server.post("/api/v1/api-keys", "{\"name\": \"k\", \"roles\": [\"admin\"], \"schema_groups\": [\"retail\"]}"),
                400, "VALIDATION_FAILED");
        refused(server.post("/api/v1/api-keys", "{\"name\": \"k\", \"roles\": [\"emperor\"]}"), 400, "VALIDATION_FAILED");
        refused(server.post("/api/v1/api-keys", "{\"name\": \"k\", \"expires_at\": \"2020-01-01T00:00:00Z\"}"), 400,
                "VALIDATION_FAILED");
    }

    @Test
    void theLastAdministratorStays() {
        refused(server.send(server.to("/api/v1/users/admin").DELETE()), 409, "CONFLICT");
        refused(server.post("/api/v1/users", "{\"name\": \"a b\"}"), 400, "VALIDATION_FAILED");
        refused(server.post("/api/v1/users", "{\"name\": \"weak\", \"password\": \"short\"}"), 400, "VALIDATION_FAILED");
        refused(server.post("/api/v1/users", "{\"name\": \"admin\"}"), 409, "CONFLICT");
    }

    @Test
    void theDemoKeyAsksFromThisMachineAndIsNotTakenThroughAProxy() {
        Server demo = server.with(firstAccess.demoKey().orElseThrow());
        assertThat(demo.post("/api/v1/query", "{\"query\": \"How many orders are there by status?\","
                + " \"schema_group_id\": \"ecommerce\", \"execute\": true}").status()).isEqualTo(200);
        refused(demo.get("/api/v1/users"), 403, "FORBIDDEN");
        refused(demo.send(demo.to("/api/v1/schemas").header("X-Forwarded-For", "203.0.113.9")), 401, "UNAUTHENTICATED");
        assertThat(database.sql("SELECT loopback_only FROM api_keys WHERE name = 'demo'").query(Boolean.class).single())
                .isTrue();
    }

    @Test
    void callsBeyondTheLimitWaitAndThenAreRefused() {
        Server caller = server.with(tenants.key("{\"name\": \"slow\", \"calls_per_second\": 2}"));
        long start = System.nanoTime();
        List<Reply> replies = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> caller.get("/api/v1/synonyms"),
                        work -> new Thread(work).start())).toList()
                .stream().map(CompletableFuture::join).toList();
        long served = replies.stream().filter(reply -> reply.status() == 200).count();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(served).as("two at once and two a second, in %s s", seconds).isBetween(4L, (long) (2 + 2 * seconds));
        assertThat(seconds).as("some wait").isGreaterThan(0.9);
        Reply refused = replies.stream().filter(reply -> reply.status() != 200).findFirst().orElseThrow();
        refused(refused, 429, "RATE_LIMITED");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    }

    @Test
    void theAuditLogTellsWhoAskedSawAndChangedWhat() {
        String name = "auditee-" + UUID.randomUUID();
        server.post("/api/v1/users", "{\"name\": \"" + name + "\", \"roles\": [\"asker\", \"curator\"]}");
        String key = tenants.key("{\"name\": \"k\", \"user\": \"" + name + "\"}");
        Server caller = server.with(key);
        Reply asked = caller.post("/api/v1/query", "{\"query\": \"How many orders are there by status?\","
                + " \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        Reply changed = caller.post("/api/v1/synonyms", "{\"schema_group_id\": \"ecommerce\", \"term\": \"" + name
                + "\", \"target\": \"orders\"}");
        caller.get("/api/v1/users");
        JsonNode items = waitForEntries("actor=" + name, 5);
        assertThat(items.findValuesAsText("action")).contains("question.asked", "POST /api/v1/query", "schema_group.changed",
                "POST /api/v1/synonyms", "GET /api/v1/users");
        JsonNode question = entry(items, "question.asked");
        assertThat(question.path("subject").asText()).isEqualTo(asked.data().path("query_id").asText());
        assertThat(question.path("details").path("question").asText()).startsWith("How many orders");
        assertThat(question.path("trace_id").asText()).isEqualTo(asked.header("X-Trace-Id"));
        assertThat(entry(items, "schema_group.changed").path("trace_id").asText()).isEqualTo(changed.header("X-Trace-Id"));
        assertThat(entry(items, "GET /api/v1/users").path("status").asInt()).isEqualTo(403);
        assertThat(items.toString()).contains(key.substring(0, 10)).doesNotContain(key.substring(0, 11));
        assertThat(server.get("/api/v1/audit?action=user.created&subject=" + name).data().path("total").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/audit?limit=1&offset=1").data().path("items").size()).isEqualTo(1);
        refused(server.get("/api/v1/audit?from=%2B999999999-12-31T00:00:00Z"), 400, "VALIDATION_FAILED");
        assertThat(server.get("/api/v1/audit?actor=" + name + "&until=2020-01-01T00:00:00Z").data().path("total").asInt())
                .isZero();
        refused(server.get("/api/v1/audit?from=yesterday"), 400, "VALIDATION_FAILED");
    }

    @Test
    void nobodyChangesTheAuditLog() {
        server.post("/api/v1/users", "{\"name\": \"trace-" + UUID.randomUUID() + "\"}");
        for (String attempt : List.of("UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log",
                "TRUNCATE audit_log")) {
            assertThatThrownBy(() -> database.sql(attempt).update()).hasMessageContaining("The audit log only grows");
        }
    }

    @Test
    void pagesOfOtherSitesCannotCallAndHeadersAreStrict() {
        Server anonymous = server.with(null);
        Reply preflight = anonymous.send(anonymous.to("/api/v1/schemas").header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        Reply reply = server.get("/api/v1/schemas");
        assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Set-Cookie")).isNull();
        assertThat(server.get("/docs").header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(server.get("/actuator/env").status()).isEqualTo(404);
    }

    @Test
    void pagesOfListedSitesMayCallWithAKeyAndWithoutCookies() {
        Server anonymous = server.with(null);
        Reply preflight = anonymous.send(anonymous.to("/api/v1/query").header("Origin", "https://pages.example")
                .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "x-api-key,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://pages.example");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isNull();
        Reply reply = server.send(server.to("/api/v1/schemas").header("Origin", "https://pages.example").GET());
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://pages.example");
        assertThat(reply.header("Access-Control-Expose-Headers")).contains("X-Trace-Id");
        for (String other : List.of("http://pages.example", "https://pages.example.evil.example", "null")) {
            Reply refused = server.send(server.to("/api/v1/schemas").header("Origin", other).GET());
            assertThat(refused.header("Access-Control-Allow-Origin")).as(other).isNull();
        }
    }

    private JsonNode waitForEntries(String filter, int least) {
        return eventually(() -> server.get("/api/v1/audit?" + filter).data().path("items"), items -> items.size() >= least);
    }

    private static JsonNode entry(JsonNode items, String action) {
        for (JsonNode item : items) {
            if (item.path("action").asText().equals(action)) {
                return item;
            }
        }
        throw new AssertionError("There is no " + action + " in " + items);
    }
}
