package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LlmCandidatesTest extends LlmServerTest {

    private static final String REPLY = "{\"query\":\"%s\",\"explanation\":\"Counted.\",\"confidence\":%s}";

    @Test
    void theRowsThatMostCandidatesAgreeOnWin() {
        AtomicInteger number = new AtomicInteger();
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("generate") ? switch (number.getAndIncrement()) {
            case 0 -> REPLY.formatted("SELECT count(*) + 1 AS customers FROM customers", 1);
            case 1 -> REPLY.formatted("SELECT count(*) AS customers FROM customers", 0.5);
            case 2 -> REPLY.formatted("SELECT count(*) AS n FROM customers AS c", 0.6);
            default -> REPLY.formatted("DROP TABLE customers", 1);
        } : well.apply(asked));
        JsonNode data = ask("""
                {"query": "%s", "schema_group_id": "ecommerce", "execute": true,
                 "candidates": 4}""".formatted(question())).json().path("data");
        assertThat(data.path("results").path("rows").path(0).path(0).asLong()).as(data.toString()).isEqualTo(20);
        assertThat(data.path("candidates")).hasSize(4);
        assertThat(data.path("candidates").path(0).path("ranking").asText()).contains("2 of 4 give the same rows");
        assertThat(data.path("candidates").path(3).path("query").asText()).startsWith("DROP");
        assertThat(data.path("candidates").path(3).path("ranking").asText()).contains("did not pass");
        assertThat(ENDPOINT.asked()).filteredOn(asked -> Brain.stage(asked).equals("generate")).hasSize(4)
                .extracting(asked -> asked.body().replaceAll("(?s).*\"temperature\"\\s*:\\s*([0-9.]+).*", "$1"))
                .doesNotHaveDuplicates();
    }

    @Test
    void ofThoseThatAgreeTheCheapestWinsAndOfThoseThatCostTheSameTheMostConfident() {
        AtomicInteger number = new AtomicInteger();
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("generate") ? switch (number.getAndIncrement()) {
            case 0 -> REPLY.formatted("SELECT count(DISTINCT a.customer_id) FROM customers a CROSS JOIN customers b CROSS JOIN customers c", 1);
            case 1 -> REPLY.formatted("SELECT count(*) AS hesitant FROM customers", 0.3);
            default -> REPLY.formatted("SELECT count(*) AS confident FROM customers", 0.8);
        } : well.apply(asked));
        JsonNode data = ask("""
                {"query": "%s", "schema_group_id": "ecommerce", "execute": true, "candidates": 3}""".formatted(question())).data();
        assertThat(data.path("candidates").findValuesAsText("query")).as(data.toString()).satisfiesExactly(
                first -> assertThat(first).contains("AS confident"), second -> assertThat(second).contains("AS hesitant"),
                third -> assertThat(third).contains("CROSS JOIN"));
        assertThat(data.path("query").asText()).contains("AS confident");
        assertThat(data.path("candidates").findValuesAsText("ranking")).allSatisfy(why ->
                assertThat(why).contains("3 of 3 give the same rows").contains("estimated cost "));
        assertThat(data.at("/candidates/0/ranking").asText()).endsWith("confidence 0.8.");
    }

    @Test
    void aQuestionThatDoesNotSayGetsAsManyAsThePolicySays() {
        Brain well = new Brain();
        ENDPOINT.replies(well);
        policy(3);
        try {
            JsonNode data = ask("""
                    {"query": "%s", "schema_group_id": "ecommerce"}""".formatted(question())).json().path("data");
            assertThat(data.path("candidates")).as(data.toString()).hasSize(3);
            data = ask("""
                    {"query": "%s", "schema_group_id": "ecommerce", "candidates": 1}""".formatted(question())).json().path("data");
            assertThat(data.path("candidates")).as(data.toString()).hasSize(1);
        } finally {
            policy(1);
        }
    }

    @Test
    void candidatesAreWrittenOfflineWhenNoProviderReplies() {
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("generate") ? "no" : well.apply(asked));
        JsonNode data = ask("""
                {"query": "%s", "schema_group_id": "ecommerce", "execute": true, "candidates": 2}""".formatted(question())).json().path("data");
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("offline");
        assertThat(data.path("degraded").asBoolean()).isTrue();
        assertThat(data.path("results").path("rows").path(0).path(0).asLong()).isEqualTo(20);
    }

    @Test
    void whatHoldsForACandidateDoesNotHoldForTheRestOfTheRun() {
        AtomicInteger number = new AtomicInteger();
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("generate") && number.getAndIncrement() == 0 ? "no, "
                : well.apply(asked));
        String events = server.send(server.to("/api/v1/query").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(BodyPublishers.ofString("""
                        {"query": "%s", "schema_group_id": "ecommerce", "execute": true, "candidates": 2}"""
                        .formatted(question())))).text();
        assertThat(events).contains("\"engine\":\"llm\"").contains("\"degraded\":false");
        assertThat(events.lines().filter(line -> line.contains("COMPLETED") || line.contains("completed")).toList().toString())
                .contains("\"stage\":\"candidates\"").contains("\"stage\":\"execute\"").contains("\"stage\":\"answer\"");
        assertThat(ENDPOINT.asked()).filteredOn(asked -> !Brain.stage(asked).equals("generate"))
                .extracting(Brain::stage).contains("meaning", "answer");
        assertThat(ENDPOINT.asked()).filteredOn(asked -> !Brain.stage(asked).equals("generate"))
                .allMatch(asked -> asked.body().matches("(?s).*\"temperature\"\\s*:\\s*0(\\.0)?[,}\\s].*"));
    }

    @Test
    void candidatesForADatabaseThatCannotBeReachedAreRefusedAsOneWouldBe() {
        assertThat(server.post("/api/v1/data-sources", """
                {"name": "nobody_counts", "dialect": "postgresql", "url": "jdbc:postgresql://127.0.0.1:1/nothing"}""").status())
                .isEqualTo(201);
        refused(ask("""
                {"query": "%s", "schema_group_id": "ecommerce", "datasource": "nobody_counts", "execute": true,
                 "candidates": 2}""".formatted(question())), 503, "DATASOURCE_UNAVAILABLE");
    }

    private void policy(int candidates) {
        long version = server.get("/api/v1/policy").data().path("version").asLong();
        assertThat(server.send(server.to("/api/v1/policy").header("Content-Type", "application/json").PUT(
                BodyPublishers.ofString("{\"version\": " + version + ", \"policy\": {\"defaults\": {\"candidates\": " + candidates
                        + "}}}"))).status()).isEqualTo(200);
    }
}
