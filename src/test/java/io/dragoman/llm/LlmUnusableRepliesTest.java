package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Providers that know no JSON schema, and replies that cannot be used whoever gives them. */
class LlmUnusableRepliesTest extends LlmServerTest {

    private static final Brain WELL = new Brain();

    private Reply askPlain() {
        return ask("{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true, "
                + "\"model_config\": {\"provider\": \"plain\"}}");
    }

    private List<JsonNode> attempts(JsonNode data) {
        JsonNode run = server.get("/api/v1/query/" + data.path("query_id").asText()).data();
        return StreamSupport.stream(run.path("attempts").spliterator(), false).toList();
    }

    private static List<JsonNode> unusable(List<JsonNode> attempts) {
        return attempts.stream().filter(attempt -> attempt.path("findings").path(0).path("code").asText().equals("UNUSABLE_REPLY"))
                .toList();
    }

    private static long calls(String stage) {
        return ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals(stage)).count();
    }

    @Test
    void aProviderWithoutSchemasIsToldTheSchemaInWordsAndReadHoweverItWrapsItsReplies() {
        ENDPOINT.replies(asked -> "Sure! Here {it} is:\n```json\n" + WELL.apply(asked) + "\n```\nAnything else?");
        JsonNode data = askPlain().json().path("data");
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(data.path("model").asText()).isEqualTo("plain/plain-model");
        assertThat(data.path("refinements").asInt()).isZero();
        assertThat(data.path("results").path("rows").path(0).path(0).asLong()).isEqualTo(20);
        assertThat(data.path("answer").path("text").asText()).isEqualTo("There are 20 customers.");
        assertThat(ENDPOINT.asked("plain")).hasSize(5).noneMatch(LlmEndpoint.Asked::schema);
        assertThat(ENDPOINT.asked("plain").get(0).system()).contains("one JSON object and nothing else")
                .contains("\"enum\":[\"QUERY_GENERATION\",\"SCHEMA_DESCRIPTION\"").contains("\"is_follow_up\":{\"type\":\"boolean\"");
    }

    @Test
    void aReplyThatCannotBeUsedIsAFindingAndTakesARefinement() {
        Set<String> first = new HashSet<>();
        ENDPOINT.replies(asked -> first.add(Brain.stage(asked)) && Brain.stage(asked).equals("generate")
                ? "{\"query\": \"SELECT 1\"" : WELL.apply(asked));
        JsonNode data = askPlain().json().path("data");
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(data.path("degraded").asBoolean()).isFalse();
        assertThat(data.path("refinements").asInt()).isEqualTo(1);
        assertThat(attempts(data)).hasSize(2);
        assertThat(unusable(attempts(data))).singleElement().satisfies(attempt -> {
            assertThat(attempt.path("query").isTextual()).isFalse();
            assertThat(attempt.at("/findings/0/message").asText()).contains("plain/plain-model", "'generate'", "no JSON object");
        });
    }

    @Test
    void aReplyOfNoneOfTheKindsIsAskedForOnceMoreWithTheReason() {
        Set<String> first = new HashSet<>();
        ENDPOINT.replies(asked -> first.add(Brain.stage(asked)) && Brain.stage(asked).equals("intent")
                ? WELL.apply(asked).replace("QUERY_GENERATION", "DROP_TABLE") : WELL.apply(asked));
        JsonNode data = askPlain().json().path("data");
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(ENDPOINT.asked("plain").get(1).user()).contains("'type' is none of the kinds").contains("DROP_TABLE");
        assertThat(ENDPOINT.asked("plain").get(2).system()).as("nothing failed yet").startsWith("You plan");
    }

    @Test
    void whenNobodyGivesAUsableReplyTheBudgetIsSpentAndTheOfflineEngineGoesOn() {
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("generate") ? "I would rather not." : WELL.apply(asked));
        Reply reply = askPlain();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode data = reply.json().path("data");
        assertThat(data.path("engine").asText()).isEqualTo("offline");
        assertThat(data.path("degraded_reason").asText()).contains("'plain' replied with what could not be used");
        assertThat(data.path("results").path("rows").path(0).path(0).asLong()).isEqualTo(20);
        assertThat(data.path("refinements").asInt()).isEqualTo(3);
        assertThat(calls("generate")).as("each provider once, and again while a refinement is left").isEqualTo(PROVIDERS.size() + 3);
        assertThat(unusable(attempts(data))).hasSize(PROVIDERS.size() + 3);
    }

    @Test
    void repliesThatCouldNotBeUsedLeaveFewerRoundsForMending() {
        Set<String> first = new HashSet<>();
        ENDPOINT.replies(asked -> switch (Brain.stage(asked)) {
            case "intent", "analyse" -> first.add(Brain.stage(asked)) ? "no" : WELL.apply(asked);
            case "generate", "refine" -> "{\"query\":\"SELECT count(*) FROM nowhere\",\"explanation\":\"Counted.\",\"confidence\":0.9}";
            default -> WELL.apply(asked);
        });
        Reply reply = askPlain();
        refused(reply, 500, "GENERATION_FAILED");
        assertThat(calls("refine")).as("two of three refinements are gone").isEqualTo(1);
        JsonNode tried = reply.error().path("details").path("attempts");
        assertThat(tried.toString()).contains("UNUSABLE_REPLY").contains("UNKNOWN_TABLE");
        assertThat(tried.path(0).path("query").isTextual()).isFalse();
    }

    @Test
    void aCandidateThatCouldNotBeReadTakesARefinementToo() {
        Set<String> first = new HashSet<>();
        ENDPOINT.replies(asked -> {
            synchronized (first) {
                return Brain.stage(asked).equals("generate") && first.add("generate") ? "no" : WELL.apply(asked);
            }
        });
        JsonNode data = ask("{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"candidates\": 2}").json().path("data");
        assertThat(data.path("candidates")).as(data.toString()).hasSize(2);
        assertThat(data.path("refinements").asInt()).isEqualTo(1);
        assertThat(unusable(attempts(data))).hasSize(1);
    }
}
