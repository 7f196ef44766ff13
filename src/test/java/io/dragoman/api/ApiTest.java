package io.dragoman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.Server.Reply;
import io.dragoman.security.oidc.TestIssuer;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.RecordedWire;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The started server with the sample worlds and no pages, one for all tests below this class. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
    "dragoman.execution.timeout=5s",
    "dragoman.security.cors-origins=https://pages.example",
    "dragoman.broker.first-retry=200ms",
    "dragoman.broker.longest-retry=400ms",
    "dragoman.jms.attempts=3",
    "dragoman.jms.most-deliveries=10",
    "dragoman.security.bootstrap-api-key=" + ApiTest.KEY,
    "spring.autoconfigure.exclude=com.vaadin.flow.spring.SpringBootAutoConfiguration,"
            + "com.vaadin.flow.spring.SpringSecurityAutoConfiguration"})
public abstract class ApiTest {

    /** The administrator's key that tests show. */
    protected static final String KEY = "the-key-of-the-tests-and-of-nobody-else";

    /** Where this server believes BigQuery to be: a wire that hears and never answers. */
    protected static final RecordedWire BIGQUERY = RecordedWire.deadEnd();

    /** An administrator who calls the server. */
    protected Server server;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void ownDatabase(DynamicPropertyRegistry registry) {
        TestDatabase own = TestDatabase.fresh();
        registry.add("dragoman.db.url", own::url);
        registry.add("dragoman.db.user", own::user);
        registry.add("dragoman.bigquery.endpoint", () -> "http://127.0.0.1:" + BIGQUERY.port());
        registry.add("dragoman.security.oidc.issuer", TestIssuer.shared()::url);
        registry.add("dragoman.security.oidc.audience", () -> TestIssuer.AUDIENCE);
        registry.add("dragoman.security.oidc.groups-claim", () -> "groups");
        registry.add("dragoman.data-dir",
                () -> System.getProperty("java.io.tmpdir") + "/dragoman-api-" + UUID.randomUUID());
    }

    @BeforeEach
    void connect() {
        server = new Server(port, KEY);
    }

    /** Asks a question. */
    protected Reply ask(String json) {
        return server.post("/api/v1/query", json);
    }

    /** That a reply is an error in the envelope, and tells nothing of the inside. */
    protected static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("status").asText()).isEqualTo("error");
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
        assertThat(reply.error().path("message").asText()).isNotBlank();
        assertThat(reply.error().path("trace_id").asText()).isEqualTo(reply.header("X-Trace-Id")).isNotBlank();
        assertThat(reply.text()).doesNotContain("Exception").doesNotContain("\tat ").doesNotContain("io.dragoman")
                .doesNotContain("java.");
    }
}
