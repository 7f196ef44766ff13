package io.dragoman.api.feedback;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.api.access.Tenants;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statistics over runs, read from sums by day. */
class StatisticsTest extends ApiTest {

    @Autowired
    private JdbcClient database;

    /** What the sums say once they have at least so many runs. */
    private JsonNode stats(Server caller, String query, long runs) {
        return eventually(() -> {
            Reply reply = caller.get("/api/v1/stats" + query);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            return reply.data();
        }, stats -> stats.path("totals").path("runs").asLong() >= runs);
    }

    private long counted(String where) {
        return database.sql("SELECT count(*) FROM query_runs WHERE " + where).query(Long.class).single();
    }

    @Test
    void countsEveryRunOnceAndAgainWhenItsStatusChanges() {
        Reply waiting = ask("{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\", \"execute\": true,"
                + " \"require_approval\": true}");
        ask("{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\", \"execute\": true}");
        ask("{\"query\": \"zorblax the quux of 7\", \"schema_group_id\": \"retail\"}");
        long runs = counted("schema_group = 'retail'");
        JsonNode stats = stats(server, "?schema_group_id=retail", runs);
        assertThat(stats.path("totals").path("runs").asLong()).isEqualTo(runs);
        assertThat(stats.path("totals").path("completed").asLong())
                .isEqualTo(counted("schema_group = 'retail' AND status = 'COMPLETED'"));
        long sum = 0;
        for (JsonNode status : stats.path("by_status")) {
            sum += status.path("runs").asLong();
            assertThat(status.path("runs").asLong()).isEqualTo(
                    counted("schema_group = 'retail' AND lower(status) = '" + status.path("status").asText() + "'"));
        }
        assertThat(sum).isEqualTo(runs);
        assertThat(stats.path("by_schema_group")).hasSize(1);
        assertThat(stats.path("by_day").path(0).path("totals").path("runs").asLong()).isPositive();
        assertThat(stats.path("latency_ms").findValuesAsText("stage")).contains("total", "retrieve", "generate");
        stats.path("latency_ms").forEach(stage -> assertThat(stage.path("p50").asDouble())
                .isPositive().isLessThanOrEqualTo(stage.path("p95").asDouble()));

        long awaiting = counted("schema_group = 'retail' AND status = 'AWAITING_APPROVAL'");
        server.post("/api/v1/query/" + waiting.data().path("query_id").asText() + "/reject", "{}");
        assertThat(eventually(this::awaitingApproval, now -> now != awaiting)).isEqualTo(awaiting - 1);
    }

    private long awaitingApproval() {
        long runs = 0;
        for (JsonNode status : stats(server, "?schema_group_id=retail", 0).path("by_status")) {
            runs += status.path("status").asText().equals("awaiting_approval") ? status.path("runs").asLong() : 0;
        }
        return runs;
    }

    @Test
    void percentilesAreThoseOfTheRuns() {
        ask("{\"query\": \"How many branches are there?\", \"schema_group_id\": \"bank\"}");
        long runs = counted("schema_group = 'bank'");
        JsonNode stats = stats(server, "?schema_group_id=bank", runs);
        double exact = database.sql("SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY total_ms) FROM query_runs"
                + " WHERE schema_group = 'bank'").query(Double.class).single();
        stats.path("latency_ms").forEach(stage -> {
            if (stage.path("stage").asText().equals("total") && stage.path("runs").asLong() == counted("schema_group = 'bank'")) {
                assertThat(stage.path("p50").asDouble()).isBetween(exact / 1.1, exact * 1.1);
            }
        });
    }

    @Test
    void curatorsSeeTheSchemaGroupsThatTheySeeAndOthersNothing() {
        ask("{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\"}");
        ask("{\"query\": \"How many orders are there?\", \"schema_group_id\": \"ecommerce\"}");
        stats(server, "?schema_group_id=retail", 1);
        Tenants tenants = new Tenants(server);
        Server curator = tenants.caller("[\"curator\"]", "\"schema_groups\": [\"retail\"], ");
        JsonNode seen = stats(curator, "", 1);
        assertThat(seen.path("by_schema_group").findValuesAsText("schema_group")).containsExactly("retail");
        refused(curator.get("/api/v1/stats?schema_group_id=ecommerce"), 404, "NOT_FOUND");
        refused(tenants.caller("[\"asker\"]", "").get("/api/v1/stats"), 403, "FORBIDDEN");
        refused(server.get("/api/v1/stats?since=soon"), 400, "VALIDATION_FAILED");
        assertThat(server.get("/api/v1/stats?since=2999-01-01").data().path("totals").path("runs").asInt()).isZero();
    }
}
