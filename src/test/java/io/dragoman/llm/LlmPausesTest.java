package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.llm.LlmEndpoint.Asked;
import io.dragoman.llm.LlmEndpoint.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long, and how often, a call that failed waits for its next try. */
class LlmPausesTest extends LlmServerTest {

    private JsonNode askOf(String provider) {
        return ask("""
                {"query": "%s", "schema_group_id": "ecommerce", "model_config": {"provider": "%s"}}"""
                .formatted(question(), provider)).json().path("data");
    }

    /** The milliseconds between the first calls that came in. */
    private static List<Long> gaps(List<Asked> asked, int first) {
        return IntStream.range(1, first).mapToObj(i -> (asked.get(i).atNs() - asked.get(i - 1).atNs()) / 1_000_000).toList();
    }

    @Test
    void aCallIsTriedThreeTimesMoreAfterPausesThatDoubleThenTheNextProviderIsAsked() {
        ENDPOINT.fail("openai", Fault.status(503), Fault.status(503), Fault.status(503), Fault.status(503));
        JsonNode data = askOf("openai");
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        List<Asked> intent = ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals("intent")).toList();
        assertThat(intent).extracting(Asked::provider).containsExactly("openai", "openai", "openai", "openai", "gemini");
        List<Long> gaps = gaps(intent, 4);
        assertThat(gaps.get(0)).isGreaterThanOrEqualTo(FIRST_PAUSE_MS * 3 / 4);
        assertThat(gaps.get(1)).isGreaterThanOrEqualTo(FIRST_PAUSE_MS * 2 * 3 / 4);
        assertThat(gaps.get(2)).isGreaterThanOrEqualTo(FIRST_PAUSE_MS * 4 * 3 / 4);
        assertThat(LongStream.of(gaps.get(0), gaps.get(1), gaps.get(2)).sum()).as("no pause of another kind").isLessThan(2_000);
    }

    @Test
    void eachCallHasItsOwnThreeTries() {
        ENDPOINT.fail("openai", Fault.status(503), Fault.status(503), Fault.status(503));
        Brain well = new Brain();
        ENDPOINT.replies(asked -> {
            if (Brain.stage(asked).equals("intent")) {
                ENDPOINT.fail("openai", Fault.status(503), Fault.status(503), Fault.status(503));
            }
            return well.apply(asked);
        });
        askOf("openai");
        assertThat(ENDPOINT.asked()).allMatch(asked -> asked.provider().equals("openai"));
        assertThat(ENDPOINT.asked().stream().map(Brain::stage).filter("analyse"::equals)).hasSize(4);
    }

    @Test
    void aPauseThatIsAskedForAsADateIsTaken() {
        Instant until = Instant.now().plusSeconds(2);
        ENDPOINT.fail("claude", Fault.retryAfter(529, DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC))));
        askOf("claude");
        assertThat(ENDPOINT.asked()).allMatch(asked -> asked.provider().equals("claude"));
        assertThat(gaps(ENDPOINT.asked(), 2).get(0)).isBetween(800L, 3_000L);
    }

    @Test
    void aPauseBeyondTheStagesTimeIsNotTaken() {
        String tomorrow = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().plusSeconds(86_400).atOffset(ZoneOffset.UTC));
        for (String pause : List.of("61", "1e300", tomorrow)) {
            ENDPOINT.reset();
            ENDPOINT.fail("gemini", Fault.retryAfter(429, pause));
            Instant asked = Instant.now();
            JsonNode data = askOf("gemini");
            assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
            assertThat(data.path("degraded").asBoolean()).isFalse();
            assertThat(ENDPOINT.asked().get(1).provider()).as(pause).isEqualTo("claude");
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aRunThatIsCancelledDoesNotWaitForThePause() throws Exception {
        ENDPOINT.fail("gemini", Fault.retryAfter(429, "30"));
        String job = server.post("/api/v1/queries", "{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\"}").data()
                .path("query_id").asText();
        eventually(() -> !ENDPOINT.asked().isEmpty());
        Instant cancelled = Instant.now();
        assertThat(server.post("/api/v1/queries/" + job + "/cancel", "{}").status()).isEqualTo(200);
        eventually(() -> server.get("/api/v1/queries/" + job).data().path("status").asText().equals("cancelled"));
        assertThat(Duration.between(cancelled, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(ENDPOINT.asked()).as("nothing more is asked").hasSize(1);
    }
}
