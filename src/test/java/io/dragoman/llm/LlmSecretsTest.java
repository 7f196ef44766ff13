package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.Server.Reply;
import io.dragoman.llm.LlmEndpoint.Fault;
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

    @Test
    void noKeyIsInAReplyTheLogTheLedgerARunOrACheckpoint(CapturedOutput log) {
        for (String provider : PROVIDERS) {
            ENDPOINT.fail(provider, Stream.generate(() -> Fault.status(401)).limit(20).toArray(Fault[]::new));
        }
        Reply reply = ask("{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        assertThat(reply.json().path("data").path("degraded_reason").asText()).as(reply.text()).contains("does not accept the key");
        String run = reply.json().path("data").path("query_id").asText();
        Reply models = server.get("/api/v1/models?check=true");
        assertThat(models.text()).contains("unauthenticated");
        String told = reply.text() + server.get("/api/v1/query/" + run).text() + models.text() + log;
        String kept = database.sql("""
                SELECT (SELECT coalesce(string_agg(state::text, ' '), '') FROM query_runs)
                    || (SELECT coalesce(string_agg(state::text, ' '), '') FROM checkpoints)
                    || (SELECT coalesce(string_agg(to_jsonb(c)::text, ' '), '') FROM llm_calls c)
                    || (SELECT coalesce(string_agg(to_jsonb(a)::text, ' '), '') FROM audit_log a)
                """).query(String.class).single();
        assertThat(kept).contains(run).doesNotContain("key-of-");
        assertThat(told).doesNotContain("key-of-");
    }
}
