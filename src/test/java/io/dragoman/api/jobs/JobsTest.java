package io.dragoman.api.jobs;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.jobs.JobLeases;
import io.dragoman.testing.HeldTable;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobsTest extends ApiTest {

    private static final String ORDERS = """
            {"query": "How many orders are there by status?", "schema_group_id": "ecommerce", "execute": true}""";

    @Autowired
    private JdbcClient database;

    @Autowired
    private JobLeases leases;

    @Test
    void answersLaterWhatPostQueryAnswersAtOnce() {
        Reply accepted = submit(server, ORDERS, null);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String id = accepted.data().path("query_id").asText();
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/queries/" + id);
        assertThat(accepted.data().path("status").asText()).isEqualTo("queued");

        JsonNode later = ended(server, id);
        JsonNode now = ask(ORDERS).data();
        assertThat(later.path("status").asText()).isEqualTo("completed");
        assertThat(later.path("query_id").asText()).isEqualTo(id);
        assertThat(later.path("trace_id").asText()).isEqualTo(accepted.header("X-Trace-Id"));
        for (String field : List.of("query", "dialect", "answer", "intent", "retrieved_tables", "validation", "schema_group")) {
            assertThat(later.path(field)).as(field).isEqualTo(now.path(field));
        }
        assertThat(later.path("results").path("rows")).isEqualTo(now.path("results").path("rows")).isNotEmpty();
        assertThat(later.path("stages").findValuesAsText("stage")).containsSubsequence("intent", "retrieve", "generate",
                "validate", "execute", "answer");
        assertThat(later.path("stages").findValuesAsText("status")).containsOnly("completed");
        assertThat(server.get("/api/v1/query/" + id).data().path("query").asText()).isEqualTo(now.path("query").asText());
    }

    @Test
    void tellsTheSameErrorLater() {
        String question = """
                {"query": "How many orders?", "schema_group_id": "no-such-group"}""";
        JsonNode job = ended(server, submit(server, question, null).data().path("query_id").asText());
        JsonNode now = ask(question).error();

        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("error").path("code")).isEqualTo(now.path("code"));
        assertThat(job.path("error").path("message")).isEqualTo(now.path("message"));
        assertThat(job.path("error").path("trace_id").asText()).isNotBlank();
        assertThat(job.path("results").isMissingNode()).isTrue();
    }

    @Test
    void anIdempotencyKeyGivesTheSameQueryAgain() {
        String key = UUID.randomUUID().toString();
        Reply first = submit(server, ORDERS, key);
        ended(server, first.data().path("query_id").asText());
        Reply again = submit(server, ORDERS.replace("\"schema", "  \"schema"), key);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.data().path("query_id")).isEqualTo(first.data().path("query_id"));
        assertThat(again.data().path("status").asText()).isEqualTo("completed");
        refused(submit(server, ORDERS.replace("status", "month"), key), 409, "CONFLICT");
        refused(submit(server, ORDERS, "with space"), 400, "VALIDATION_FAILED");
    }

    @Test
    void listsOnesOwnByStatusAndForgetsWhatEnded() {
        Server asker = asker("\"roles\": [\"asker\"], ");
        String id = submit(asker, ORDERS, null).data().path("query_id").asText();
        ended(asker, id);

        JsonNode done = asker.get("/api/v1/queries?status=completed&limit=1").data();
        assertThat(done.path("total").asInt()).isEqualTo(1);
        assertThat(done.path("items").path(0).path("query_id").asText()).isEqualTo(id);
        assertThat(done.path("items").path(0).path("question").asText()).isEqualTo("How many orders are there by status?");
        assertThat(asker.get("/api/v1/queries?status=failed").data().path("items")).isEmpty();
        refused(asker.get("/api/v1/queries?status=finished"), 400, "VALIDATION_FAILED");
        refused(asker.post("/api/v1/queries/" + id + "/cancel", ""), 409, "CONFLICT");
        assertThat(delete(asker, id).data().path("deleted").asBoolean()).isTrue();
        refused(asker.get("/api/v1/queries/" + id), 404, "NOT_FOUND");
        refused(delete(asker, id), 404, "NOT_FOUND");
    }

    @Test
    void aKeyForOtherGroupsIsToldNothingOfWhatItsUserAsked() {
        String user = user();
        Server wide = key(user, "");
        Server narrow = key(user, "\"schema_groups\": [\"retail\"], ");
        String thread = wide.post("/api/v1/conversations", "{}").data().path("id").asText();
        String orders = submit(wide, within(thread), "wide-and-narrow").data().path("query_id").asText();
        ended(wide, orders);
        String nothing = submit(wide, "{\"query\": \"How many orders?\", \"schema_group_id\": \"no-such-group\"}", null).data()
                .path("query_id").asText();
        ended(wide, nothing);
        String own = submit(narrow, "{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\","
                + " \"conversation_id\": \"" + thread + "\", \"execute\": true}", null).data().path("query_id").asText();
        assertThat(ended(narrow, own).path("status").asText()).isEqualTo("completed");

        for (String hidden : List.of(orders, nothing)) {
            refused(narrow.get("/api/v1/queries/" + hidden), 404, "NOT_FOUND");
            refused(narrow.post("/api/v1/queries/" + hidden + "/cancel", ""), 404, "NOT_FOUND");
            refused(delete(narrow, hidden), 404, "NOT_FOUND");
            refused(narrow.get("/api/v1/query/" + hidden), 404, "NOT_FOUND");
            refused(narrow.post("/api/v1/query/" + hidden + "/resume", "{}"), 404, "NOT_FOUND");
            assertThat(wide.get("/api/v1/queries/" + hidden).status()).isEqualTo(200);
            assertThat(wide.get("/api/v1/query/" + hidden).status()).isEqualTo(200);
        }
        refused(submit(narrow, within(thread), "wide-and-narrow"), 409, "CONFLICT");
        JsonNode list = narrow.get("/api/v1/queries").data();
        assertThat(list.path("total").asInt()).isEqualTo(1);
        assertThat(list.path("items").findValuesAsText("query_id")).containsExactly(own);
        assertThat(wide.get("/api/v1/queries").data().path("total").asInt()).isEqualTo(3);

        String about = "/api/v1/conversations/" + thread;
        assertThat(narrow.get(about + "/messages").data().path("total").asInt()).isEqualTo(2);
        assertThat(narrow.get(about + "/messages").text()).doesNotContain("by status").contains("stores");
        assertThat(narrow.get(about + "/databases").data().path("items").findValuesAsText("schema_group")).containsExactly("retail");
        assertThat(wide.get(about + "/messages").data().path("total").asInt()).isEqualTo(4);
        assertThat(wide.get(about + "/databases").data().path("items")).hasSize(2);
    }

    @Test
    void aRunningJobIsCancelledWithItsQueryOnTheDatabase() throws Exception {
        HeldTable table = HeldTable.in(server, "canal_cancel");
        try (HeldTable.Hold held = table.hold()) {
            String id = submit(server, table.question(), null).data().path("query_id").asText();
            table.awaitWaiting(1);
            Reply cancelled = server.post("/api/v1/queries/" + id + "/cancel", "");
            assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);

            JsonNode job = ended(server, id);
            assertThat(job.path("status").asText()).isEqualTo("cancelled");
            assertThat(job.path("results").isMissingNode()).isTrue();
            table.awaitWaiting(0);
        }
    }

    @Test
    void aCallerWithManyLongJobsLeavesAWorkerToOthers() throws Exception {
        Server busy = asker("");
        HeldTable table = HeldTable.in(server, "canal_busy");
        List<String> ids = new ArrayList<>();
        try (HeldTable.Hold held = table.hold()) {
            for (int i = 0; i < 4; i++) {
                ids.add(submit(busy, table.question(), null).data().path("query_id").asText());
            }
            table.awaitWaiting(3);
            String quick = submit(server, ORDERS, null).data().path("query_id").asText();
            assertThat(ended(server, quick).path("status").asText()).isEqualTo("completed");
        }
        ids.forEach(id -> ended(busy, id));
    }

    @Test
    void aServerThatLostItsLeaseStopsAndKeepsNothingOfTheRun() throws Exception {
        HeldTable table = HeldTable.in(server, "canal_lease");
        UUID id;
        try (HeldTable.Hold held = table.hold()) {
            id = UUID.fromString(submit(server, table.question(), null).data().path("query_id").asText());
            table.awaitWaiting(1);
            // Another server takes it up, as this one seemed dead.
            database.sql("""
                    UPDATE jobs SET fence = fence + 1, node = gen_random_uuid(), lease_until = now() + interval '10 minutes'
                    WHERE id = ?""").param(id).update();
        }
        eventually("nobody works at it", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("job-" + id)));
        assertThat(database.sql("SELECT count(*) FROM query_runs WHERE id = ?").param(id).query(Integer.class).single()).isZero();
        assertThat(server.get("/api/v1/queries/" + id).data().path("status").asText()).isEqualTo("running");

        // The other one is killed before its end.
        database.sql("UPDATE jobs SET lease_until = now() - interval '1 second' WHERE id = ?").param(id).update();
        JsonNode job = ended(server, id.toString());
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(job.path("results").path("rows")).hasSize(HeldTable.STATES);
    }

    @Test
    void theJobOfARevokedKeyFailsAndSaysWhy() {
        Reply made = server.post("/api/v1/api-keys", "{\"name\": \"soon-gone\", \"user\": \"" + user() + "\"}");
        Server asker = server.with(made.data().path("key").asText());
        database.sql("UPDATE users SET updated_at = now()").update();
        UUID id = UUID.fromString(submit(asker, ORDERS, null).data().path("query_id").asText());
        ended(asker, id.toString());
        assertThat(delete(server, made.data().path("id").asText(), "/api/v1/api-keys/").status()).isEqualTo(200);
        requeue(id);

        JsonNode job = ended(server, id.toString());
        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(job.path("results").isMissingNode()).isTrue();
    }

    @Test
    void aJobThatWaitsForApprovalEndsWithItsRowsOnceSomebodyApproved() {
        String id = submit(server, ORDERS.replace("}", ", \"require_approval\": true}"), null).data().path("query_id").asText();
        JsonNode waiting = until(server, id, "awaiting_approval");
        assertThat(waiting.path("query").asText()).containsIgnoringCase("select");
        assertThat(waiting.path("results").isNull()).isTrue();
        Reply approved = server.post("/api/v1/query/" + id + "/approve", "{\"comment\": \"fine\"}");
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);

        JsonNode job = until(server, id, "completed");
        assertThat(job.path("results").path("rows")).isEqualTo(approved.data().path("results").path("rows")).isNotEmpty();
    }

    @Test
    void aDecisionThatAJobWasNotToldOfIsNotLost() {
        String id = submit(server, ORDERS.replace("}", ", \"require_approval\": true}"), null).data().path("query_id").asText();
        until(server, id, "awaiting_approval");
        JsonNode approved = server.post("/api/v1/query/" + id + "/approve", "{}").data();
        // As if the server had been killed once the run was kept, and before its job was told.
        decidedLongAgo(id, "COMPLETED", "true");
        leases.takeUpDecided();
        assertThat(until(server, id, "completed").path("results").path("rows")).isEqualTo(approved.path("results").path("rows"));

        // As if it had been killed while the approved query ran.
        decidedLongAgo(id, "RUNNING", "stage = 'approval'");
        leases.takeUpDecided();
        JsonNode job = until(server, id, "completed");
        assertThat(job.path("results").path("rows")).isEqualTo(approved.path("results").path("rows"));
        assertThat(job.at("/approval/approved").asBoolean()).isTrue();

        // And before the decision was kept as a checkpoint too.
        decidedLongAgo(id, "RUNNING", "stage = 'approval' AND moment = 'BEFORE'");
        leases.takeUpDecided();
        assertThat(until(server, id, "completed").at("/approval/approved").asBoolean()).isTrue();
    }

    @Test
    void aJobWhoseRunWasJustDecidedOnIsLeftToWhoGoesOnWithIt() {
        String id = submit(server, ORDERS.replace("}", ", \"require_approval\": true}"), null).data().path("query_id").asText();
        until(server, id, "awaiting_approval");
        database.sql("UPDATE query_runs SET status = 'RUNNING', finished_at = now() WHERE id = ?").param(UUID.fromString(id)).update();
        assertThat(leases.takeUpDecided()).isZero();
    }

    /** The job waits, its run is of that status, and of the checkpoints there are those. */
    private void decidedLongAgo(String job, String status, String checkpoints) {
        UUID id = UUID.fromString(job);
        database.sql("""
                UPDATE query_runs SET status = ?, state = jsonb_set(state, '{status}', to_jsonb(CAST(? AS text))),
                    finished_at = now() - interval '11 minutes' WHERE id = ?""").params(status, status, id).update();
        database.sql("DELETE FROM checkpoints WHERE run_id = ? AND NOT (" + checkpoints + ")").param(id).update();
        database.sql("UPDATE jobs SET status = 'AWAITING_APPROVAL', result = NULL, finished_at = NULL WHERE id = ?").param(id)
                .update();
    }

    @Test
    void aJobThatWasCutOffGoesOnUnderItsOwnIdAndIsAnsweredOnce() {
        String thread = thread("cut off");
        UUID id = UUID.fromString(submit(server, within(thread), null).data().path("query_id").asText());
        JsonNode before = ended(server, id.toString());
        // As if its server had been killed after the run was kept and before its end was told.
        cutOff(id);

        JsonNode after = ended(server, id.toString());
        assertThat(after.path("results").path("rows")).isEqualTo(before.path("results").path("rows")).isNotEmpty();
        assertThat(after.path("attempts").asInt()).isEqualTo(2);
        assertThat(server.get("/api/v1/conversations/" + thread + "/messages").data().path("total").asInt()).isEqualTo(2);
        assertThat(after.path("stages").findValuesAsText("stage")).as("taken up at the checkpoint").startsWith("execute");
    }

    @Test
    void aRunThatFailedAtFirstIsKeptAsWhatItBecame() {
        String thread = thread("what it became");
        UUID id = UUID.fromString(submit(server, within(thread), null).data().path("query_id").asText());
        ended(server, id.toString());
        List<String> columns = List.of("schema_group", "datasource", "dialect", "query", "engine", "degraded", "refinements",
                "escalations", "confidence", "row_count");
        String read = "SELECT " + String.join(", ", columns) + " FROM query_runs WHERE id = ?";
        Map<String, Object> became = database.sql(read).param(id).query().singleRow();
        // As if its first attempt had failed before any table was found.
        database.sql("""
                UPDATE query_runs SET status = 'FAILED', error_code = 'INTERNAL_ERROR', schema_group = NULL, datasource = NULL,
                    dialect = NULL, query = NULL, engine = 'LLM', degraded = true, refinements = 3, escalations = 2,
                    confidence = NULL, row_count = NULL WHERE id = ?""").param(id).update();
        cutOff(id);

        ended(server, id.toString());
        assertThat(database.sql(read).param(id).query().singleRow()).isEqualTo(became).containsEntry("schema_group", "ecommerce");
        assertThat(server.get("/api/v1/conversations/" + thread + "/databases").data().at("/items/0/schema_group").asText())
                .isEqualTo("ecommerce");
    }

    @Test
    void theThreadTellsTheLastReplyOfARun() {
        String thread = thread("the last reply");
        UUID id = UUID.fromString(submit(server, within(thread), null).data().path("query_id").asText());
        ended(server, id.toString());
        String answer = lastMessage(thread);
        database.sql("UPDATE messages SET content = 'The database was out of reach.' WHERE run_id = ? AND role = 'assistant'")
                .param(id).update();
        cutOff(id);
        ended(server, id.toString());
        assertThat(lastMessage(thread)).isEqualTo(answer);

        String waiting = submit(server, within(thread).replace("}", ", \"require_approval\": true}"), null).data()
                .path("query_id").asText();
        until(server, waiting, "awaiting_approval");
        assertThat(lastMessage(thread)).containsIgnoringCase("select");
        server.post("/api/v1/query/" + waiting + "/approve", "{}");
        assertThat(lastMessage(thread)).isEqualTo(answer);
        assertThat(server.get("/api/v1/conversations/" + thread + "/messages").data().path("total").asInt()).isEqualTo(4);
    }

    @Test
    void aJobThatIsCutOffEachTimeFailsAtLast() {
        UUID id = UUID.fromString(submit(server, ORDERS, null).data().path("query_id").asText());
        ended(server, id.toString());
        database.sql("""
                UPDATE jobs SET status = 'RUNNING', result = NULL, finished_at = NULL, attempts = 3, node = gen_random_uuid(),
                    lease_until = now() - interval '1 second' WHERE id = ?""").param(id).update();

        JsonNode job = ended(server, id.toString());
        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("error").path("message").asText()).contains("3 times");
    }

    @Test
    void aRunOfPostQueryThatWasCutOffIsInterruptedAndCanBeResumed() {
        UUID id = UUID.fromString(ask(ORDERS).data().path("query_id").asText());
        database.sql("DELETE FROM query_runs WHERE id = ?").param(id).update();
        UUID other = UUID.randomUUID();
        database.sql("INSERT INTO nodes (id, name, seen_at) VALUES (?, 'another', now() + interval '10 minutes')").param(other).update();
        database.sql("UPDATE checkpoints SET node = ? WHERE run_id = ?").params(other, id).update();
        assertThat(server.get("/api/v1/query/" + id).data().path("status").asText()).as("its server lives").isEqualTo("running");
        refused(server.post("/api/v1/query/" + id + "/resume", "{}"), 409, "CONFLICT");
        database.sql("DELETE FROM nodes WHERE id = ?").param(other).update();
        JsonNode run = server.get("/api/v1/query/" + id).data();
        assertThat(run.path("status").asText()).isEqualTo("interrupted");
        assertThat(run.path("question").asText()).isEqualTo("How many orders are there by status?");
        refused(asker("").get("/api/v1/query/" + id), 404, "NOT_FOUND");

        Reply resumed = server.post("/api/v1/query/" + id + "/resume", "{}");
        assertThat(resumed.status()).as(resumed.text()).isEqualTo(200);
        assertThat(resumed.data().path("results").path("rows")).isNotEmpty();
        assertThat(server.get("/api/v1/query/" + id).data().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void refusesHostileInputLikePostQueryDoes() {
        List<String> bodies = new ArrayList<>(List.of("", "null", "[]", "{", "{\"query\": 5}", "{\"query\": \"\"}",
                "{\"query\": \"" + "x".repeat(2001) + "\"}", "{\"query\": \"a\", \"conversation_id\": \"x\"}",
                "{\"query\": \"\\ud800\"}", "{\"query\": \"a\", \"candidates\": 11}"));
        for (String body : bodies) {
            refused(submit(server, body, null), 400, "VALIDATION_FAILED");
        }
        refused(submit(server, ORDERS.replace("}", ", \"conversation_id\": \"" + UUID.randomUUID() + "\"}"), null), 404,
                "NOT_FOUND");
        for (String priority : List.of("10", "-1", "high", "4;x", "%00")) {
            refused(server.post("/api/v1/queries?priority=" + priority, ORDERS), 400, "VALIDATION_FAILED");
        }
        for (String id : List.of("x", "1", UUID.randomUUID().toString(), "%27--")) {
            refused(server.get("/api/v1/queries/" + id), 404, "NOT_FOUND");
            refused(server.post("/api/v1/queries/" + id + "/cancel", ""), 404, "NOT_FOUND");
        }
        assertThat(server.post("/api/v1/queries?location=http://elsewhere.example", ORDERS).header("Location"))
                .startsWith("/api/v1/queries/");
        assertThat(server.get("/api/v1/health").header("Location")).isNull();
    }

    /** A job that ended is as if its server had been killed before it told so. */
    private void cutOff(UUID id) {
        database.sql("""
                UPDATE jobs SET status = 'RUNNING', result = NULL, finished_at = NULL, node = gen_random_uuid(),
                    lease_until = now() - interval '1 second' WHERE id = ?""").param(id).update();
    }

    private String thread(String title) {
        return server.post("/api/v1/conversations", "{\"title\": \"" + title + "\"}").data().path("id").asText();
    }

    private String lastMessage(String thread) {
        JsonNode messages = server.get("/api/v1/conversations/" + thread + "/messages").data().path("items");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    private static String within(String thread) {
        return ORDERS.replace("}", ", \"conversation_id\": \"" + thread + "\"}");
    }

    private void requeue(UUID id) {
        database.sql("UPDATE jobs SET status = 'QUEUED', result = NULL, finished_at = NULL WHERE id = ?").param(id).update();
    }

    private String user() {
        String name = "jobs-" + UUID.randomUUID();
        server.post("/api/v1/users", "{\"name\": \"" + name + "\", \"roles\": [\"asker\"]}");
        return name;
    }

    private Server asker(String more) {
        return key(user(), more);
    }

    private Server key(String user, String more) {
        return server.with(server.post("/api/v1/api-keys", "{" + more + "\"name\": \"jobs\", \"user\": \"" + user + "\"}")
                .data().path("key").asText());
    }

    private static Reply submit(Server caller, String body, String key) {
        var request = caller.to("/api/v1/queries").header("Content-Type", "application/json");
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return caller.send(request.POST(BodyPublishers.ofString(body)));
    }

    private static Reply delete(Server caller, String id) {
        return delete(caller, id, "/api/v1/queries/");
    }

    private static Reply delete(Server caller, String id, String path) {
        return caller.send(caller.to(path + id).DELETE());
    }

    private static JsonNode ended(Server caller, String id) {
        return until(caller, id, "");
    }

    /** The job once it has that status, or has ended. */
    private static JsonNode until(Server caller, String id, String status) {
        return eventually(() -> {
            Reply reply = caller.get("/api/v1/queries/" + id);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            return reply.data();
        }, job -> {
            String now = job.path("status").asText();
            return now.equals(status) || !now.equals("queued") && !now.equals("running")
                    && !(now.equals("awaiting_approval") && !status.isEmpty());
        });
    }
}
