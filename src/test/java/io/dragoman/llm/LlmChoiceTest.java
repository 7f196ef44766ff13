package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server;
import io.dragoman.api.access.Tenants;
import io.dragoman.broker.Broker;
import io.dragoman.failure.ErrorCode;
import io.dragoman.llm.LlmEndpoint.Asked;
import io.dragoman.llm.LlmEndpoint.Fault;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.Question;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which provider and which model is asked, and when none is. */
class LlmChoiceTest extends LlmServerTest {

    @Autowired
    private JdbcClient database;

    @Autowired
    private QueryPipeline pipeline;

    @Autowired
    private ApplicationContext context;

    private static final String SPENT = "Your LLM budget of the day is spent";

    private static String body(String provider) {
        return "{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true"
                + (provider == null ? "" : ", \"model_config\": {\"provider\": \"" + provider + "\"}") + "}";
    }

    @Test
    void eachStageHasTheModelOfItsPromptsRole() {
        ask(body("gemini"));
        assertThat(ENDPOINT.asked().stream().collect(Collectors.toMap(Brain::stage, Asked::model))).containsOnly(
                Map.entry("intent", "gemini-2.5-flash-lite"), Map.entry("analyse", "gemini-2.5-flash"),
                Map.entry("generate", "gemini-2.5-pro"), Map.entry("meaning", "gemini-2.5-flash-lite"),
                Map.entry("answer", "gemini-2.5-flash-lite"));
    }

    @Test
    void aProviderThatKeepsFailingIsLeftAloneForAWhile() {
        ENDPOINT.fail("ollama", Stream.generate(() -> Fault.status(400)).limit(40).toArray(Fault[]::new));
        for (int i = 0; i < 4; i++) {
            assertThat(ask(body("ollama")).json().path("data").path("engine").asText()).isEqualTo("llm");
        }
        int asked = ENDPOINT.asked("ollama").size();
        assertThat(asked).as("of 20 stages").isBetween(10, 19);
        JsonNode data = ask(body("ollama")).json().path("data");
        assertThat(ENDPOINT.asked("ollama")).hasSize(asked);
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(data.path("degraded").asBoolean()).isFalse();
    }

    @Test
    void callersWhoCancelDoNotHaveAProviderLeftAlone() throws Exception {
        ENDPOINT.delay(1_500);
        List<UUID> runs = Stream.generate(UUID::randomUUID).limit(12).toList();
        ExecutorService callers = Executors.newFixedThreadPool(runs.size());
        try {
            List<Future<QueryState>> ended = new ArrayList<>();
            for (UUID run : runs) {
                Question question = Question.of(question(), "ecommerce", false);
                ended.add(callers.submit(() -> pipeline.run(run, run.toString().replace("-", ""), question, ProgressListener.NONE)));
            }
            eventually(() -> ENDPOINT.asked("gemini").size() == runs.size());
            runs.forEach(pipeline::cancel);
            for (Future<QueryState> one : ended) {
                assertThat(one.get().failure().code()).isEqualTo(ErrorCode.CANCELLED);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(ENDPOINT.asked()).as("no other stage and no other provider is asked").hasSize(runs.size());
        ENDPOINT.reset();
        ask(body(null));
        assertThat(ENDPOINT.asked()).isNotEmpty().allMatch(asked -> asked.provider().equals("gemini"));
    }

    @Test
    void aCallerWhoSpentTheBudgetOfTheDayIsAnsweredOfflineAndToldSoThroughEveryDoor() throws Exception {
        Server spender = new Tenants(server).caller("[\"asker\"]", "");
        JsonNode first = spender.post("/api/v1/query", body(null)).json().path("data");
        assertThat(first.path("engine").asText()).as(first.toString()).isEqualTo("llm");
        String caller = database.sql("SELECT caller FROM llm_calls WHERE run_id = ? LIMIT 1")
                .param(UUID.fromString(first.path("query_id").asText())).query(String.class).single();
        UUID run = UUID.randomUUID();
        database.sql("""
                INSERT INTO llm_calls (run_id, stage, provider, model, caller, cost_usd, latency_ms, outcome)
                VALUES (?, 'generate', 'gemini', 'gemini-2.5-pro', ?, ?, 1, 'ok')
                """).params(run, caller, CALLER_DAILY_USD + 1).update();
        try {
            ENDPOINT.reset();
            JsonNode data = awaitOffline(spender);
            assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("offline");
            assertThat(data.path("degraded").asBoolean()).isTrue();
            assertThat(data.path("degraded_reason").asText()).contains(SPENT);
            assertThat(data.path("results").path("rows").path(0).path(0).asInt()).isEqualTo(20);
            String key = spender.to("/").build().headers().firstValue("X-API-Key").orElseThrow();
            String job = spender.post("/api/v1/queries", body(null)).data().path("query_id").asText();
            eventually(() -> spender.get("/api/v1/queries/" + job).data().path("status").asText().equals("completed"));
            assertThat(spender.get("/api/v1/queries/" + job).data().path("degraded_reason").asText()).contains(SPENT);
            assertThat(spender.send(spender.to("/api/v1/query").header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream").POST(BodyPublishers.ofString(body(null)))).text()).contains(SPENT);
            assertThat(overJms(key)).contains("\"engine\":\"offline\"").contains(SPENT);
            assertThat(ask(body(null)).json().path("data").path("engine").asText()).as("others go on").isEqualTo("llm");
        } finally {
            database.sql("DELETE FROM llm_calls WHERE run_id = ?").param(run).update();
        }
    }

    /** What a legacy system is replied. */
    private String overJms(String key) throws Exception {
        try (Connection connection = context.getBean(Broker.class).connections().createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            TextMessage request = session.createTextMessage(body(null));
            request.setStringProperty("api_key", key);
            request.setJMSReplyTo(session.createTemporaryQueue());
            session.createProducer(session.createQueue("dragoman.query")).send(request);
            return ((TextMessage) session.createConsumer(request.getJMSReplyTo()).receive(30_000)).getText();
        }
    }

    /** What is spent is noticed within two seconds, perhaps in the middle of a question, which an LLM began then. */
    private JsonNode awaitOffline(Server caller) {
        return eventually(() -> caller.post("/api/v1/query", body(null)).json().path("data"),
                data -> data.path("engine").asText().equals("offline"));
    }
}
