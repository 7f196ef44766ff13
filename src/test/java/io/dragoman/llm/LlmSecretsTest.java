package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.Server.Reply;
import io.dragoman.llm.LlmEndpoint.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Providers that say in their errors which key they were shown. */
@ExtendWith(OutputCaptureExtension.class)
class LlmSecretsTest extends LlmServerTest {

    @Autowired
    private JdbcClient database;

    private static final List<String> READ = List.of("/api/v1/health", "/api/v1/models", "/api/v1/models?check=true", "/api/v1/usage",
            "/api/v1/stats", "/api/v1/policy", "/api/v1/data-sources", "/api/v1/audit", "/api/v1/queries", "/api/v1/openapi.json",
            "/docs", "/actuator", "/actuator/env", "/actuator/configprops", "/actuator/beans");

    @Test
    void noKeyIsInAReplyAStreamAJobTheLogASpanOrAnyTable(CapturedOutput log) throws Exception {
        for (String provider : PROVIDERS) {
            ENDPOINT.fail(provider, Stream.generate(() -> Fault.status(401)).limit(40).toArray(Fault[]::new));
        }
        Reply reply = ask(body());
        assertThat(reply.json().path("data").path("degraded_reason").asText()).as(reply.text()).contains("does not accept the key");
        String run = reply.json().path("data").path("query_id").asText();
        String job = server.post("/api/v1/queries", body()).data().path("query_id").asText();
        StringBuilder told = new StringBuilder(reply.text()).append(server.get("/api/v1/query/" + run).text());
        told.append(server.send(server.to("/api/v1/query").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(BodyPublishers.ofString(body()))).text());
        eventually(() -> server.get("/api/v1/queries/" + job).data().path("status").asText().equals("completed"));
        told.append(server.get("/api/v1/queries/" + job).text());
        READ.forEach(path -> told.append(path).append(server.get(path).text()));
        assertThat(told).contains("unauthenticated", "does not accept the key", "event: query_result", "\"openapi\"");
        assertThat(told).doesNotContain("key-of-");

        eventually(() -> TRACES.spans().stream().anyMatch(span ->
                HexFormat.of().formatHex(span.getTraceId().toByteArray()).equals(run.replace("-", ""))));
        assertThat(TRACES.authorizations()).as("it is sent where it belongs").contains("Basic key-of-traces");
        assertThat(TRACES.text()).contains("unauthenticated").contains("You sort what people say").doesNotContain("key-of-");
        assertThat(log.getAll()).doesNotContain("key-of-");
        assertThat(tables()).contains(run, job).doesNotContain("key-of-");
    }

    private static String body() {
        return "{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true}";
    }

    /** All rows of all tables of the server's own database, as text. */
    private String tables() {
        List<String> names = database.sql("""
                SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables
                WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
                """).query(String.class).list();
        assertThat(names).anyMatch(name -> name.endsWith(".checkpoints")).anyMatch(name -> name.endsWith(".llm_calls"));
        StringBuilder all = new StringBuilder();
        names.forEach(name -> all.append(database.sql("SELECT coalesce(string_agg(t::text, ' '), '') FROM " + name + " t")
                .query(String.class).single()));
        return all.toString();
    }
}
