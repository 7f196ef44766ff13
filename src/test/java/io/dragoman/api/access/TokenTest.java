package io.dragoman.api.access;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.security.oidc.TestIssuer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider, over HTTP. */
class TokenTest extends ApiTest {

    private static final String ASKED = "{\"query\": \"How many orders are there by status?\", \"schema_group_id\": \"ecommerce\","
            + " \"execute\": true}";

    private final TestIssuer issuer = TestIssuer.shared();

    private String token(String subject, Object roles, Object groups) {
        return issuer.token(Map.of("preferred_username", subject, "roles", roles, "groups", groups),
                claims -> claims.subject(subject));
    }

    private Reply send(String token, String method, String path, String body) {
        Server anonymous = server.with(null);
        return anonymous.send(anonymous.to(path).header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    @Test
    void aTokenDoesWhatItsRolesDoAndSeesItsGroups() {
        String name = "ada-" + UUID.randomUUID();
        String token = token(name, List.of("asker"), List.of("ecommerce"));
        Reply asked = send(token, "POST", "/api/v1/query", ASKED);
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        refused(send(token, "POST", "/api/v1/schemas", "{\"name\": \"x\"}"), 403, "FORBIDDEN");
        refused(send(token, "GET", "/api/v1/schemas/retail", null), 404, "NOT_FOUND");
        assertThat(send(token, "GET", "/api/v1/query/" + asked.data().path("query_id").asText(), null).status()).isEqualTo(200);
        refused(send(token("eve-" + UUID.randomUUID(), List.of("asker"), List.of("ecommerce")), "GET",
                "/api/v1/query/" + asked.data().path("query_id").asText(), null), 404, "NOT_FOUND");
        Reply user = server.get("/api/v1/users/" + name);
        assertThat(user.data().path("external").asBoolean()).isTrue();
        assertThat(user.data().path("schema_groups").path(0).asText()).isEqualTo("ecommerce");
        assertThat(eventually(() -> server.get("/api/v1/audit?action=question.asked&actor=" + name), log -> log.data().path("total")
                .asInt() > 0).text()).contains("\"credential\":\"token\"");
    }

    @Test
    void aRoleThatALaterTokenGivesCountsForQuestionsAnsweredLater() {
        String name = "service-" + UUID.randomUUID();
        refused(send(token(name, List.of(), List.of()), "POST", "/api/v1/queries", ASKED), 403, "FORBIDDEN");
        String granted = token(name, List.of("asker"), List.of("ecommerce"));
        Reply taken = send(granted, "POST", "/api/v1/queries", ASKED);
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        String path = "/api/v1/queries/" + taken.data().path("query_id").asText();
        Reply done = eventually(() -> send(granted, "GET", path, null), job -> job.text().contains("\"completed\"")
                || job.text().contains("\"failed\""));
        assertThat(done.text()).contains("\"completed\"").doesNotContain("FORBIDDEN");
    }

    @Test
    void aTokenIsTakenForAStreamOfEvents() {
        Server anonymous = server.with(null);
        Reply events = anonymous.send(anonymous.to("/api/v1/query").header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token("stream", "asker", "ecommerce"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(ASKED)));
        assertThat(events.text()).contains("query_progress", "query_result");
    }

    @Test
    void aTokenThatIsNotTakenSaysWhy() {
        Reply expired = send(issuer.token(Map.of(), claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60)))),
                "GET", "/api/v1/schemas", null);
        refused(expired, 401, "UNAUTHENTICATED");
        assertThat(expired.error().path("message").asText()).contains("expired");
        assertThat(expired.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        refused(send(issuer.token(Map.of(), claims -> claims.audience("another")), "GET", "/api/v1/schemas", null), 401,
                "UNAUTHENTICATED");
        refused(send("eyJhbGciOiJub25lIn0.e30.", "GET", "/api/v1/schemas", null), 401, "UNAUTHENTICATED");
    }

    @Test
    void aNameThatIsTakenIsNotTakenOver() {
        String token = issuer.token(Map.of("preferred_username", "admin", "roles", List.of("asker"), "groups", List.of()),
                claims -> claims.subject("an impostor " + UUID.randomUUID()));
        refused(send(token, "GET", "/api/v1/users", null), 403, "FORBIDDEN");
        assertThat(server.get("/api/v1/users/admin").data().path("external").asBoolean()).isFalse();
        assertThat(server.get("/api/v1/users?limit=1000").text()).contains("\"admin-");
    }

    @Test
    void aDisabledUsersTokenIsNotTaken() {
        String name = "leaver-" + UUID.randomUUID();
        String token = token(name, "asker", "ecommerce");
        assertThat(send(token, "GET", "/api/v1/schemas", null).status()).isEqualTo(200);
        assertThat(server.send(server.to("/api/v1/users/" + name).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"enabled\": false}"))).status()).isEqualTo(200);
        refused(send(token, "GET", "/api/v1/schemas", null), 401, "UNAUTHENTICATED");
    }

    @Test
    void whoHasNoRoleMayDoNothingThatNeedsOne() {
        String token = issuer.token(Map.of("groups", List.of("ecommerce")), claims -> claims.subject("plain-" + UUID.randomUUID()));
        refused(send(token, "POST", "/api/v1/query", ASKED), 403, "FORBIDDEN");
    }
}
