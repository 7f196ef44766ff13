package io.dragoman.api.jms;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.Requires;
import io.dragoman.testing.SlowWorld;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.junit.jupiter.api.Test;

/** Nothing is lost and nothing is answered twice, whatever goes down meanwhile. */
class DeliveryTest extends JmsTest {

    @Test
    void withoutAReplyQueueTheRunIsStoredAllTheSame() throws Exception {
        String question = question();
        client().send(QUERY, question, settings(null, "reply_to", "none", "property.schema_group", "ecommerce"));
        eventually(() -> runs(question) == 1);
    }

    @Test
    @Requires(NodeClients.Installed.class)
    void aReplyQueueThatIsGoneHoldsNothingUpAndIsNotMadeAgain() throws Exception {
        String question = question();
        String overAmqp = question();
        client();
        Set<String> before = broker.queues();
        try (ClientProcess leaving = client(ClientProcess.CORE);
                NodeClients clients = new NodeClients(broker.port(), broker.user(), broker.password())) {
            pause();
            leaving.send(QUERY, question, settings(null, "property.schema_group", "ecommerce"));
            JsonNode told = clients.send("amqp", QUERY, overAmqp, Map.of("leave", true, "properties", Map.of("schema_group",
                    "ecommerce")));
            assertThat(told.path("left").asBoolean()).as(told.toString()).isTrue();
        }
        eventually(() -> before.containsAll(broker.queues()));
        goOn();
        eventually(() -> runs(question) == 1 && runs(overAmqp) == 1);
        eventually(() -> broker.messages(QUERY) == 0);
        assertThat(before).containsAll(broker.queues());
        assertThat(ask(QUERY, question, "property.schema_group", "ecommerce").getProperty("property.status")).isEqualTo("success");
        assertThat(runs(question)).isEqualTo(2);
    }

    @Test
    void whatExpiredIsNotWorkedOn() throws Exception {
        String late = question();
        String inTime = question();
        pause();
        try {
            client().send(QUERY, late, settings(null, "reply_to", "none", "time_to_live", "100"));
            client().send(QUERY, inTime, settings(null, "reply_to", "none", "time_to_live", "600000"));
            Thread.sleep(300);
        } finally {
            goOn();
        }
        eventually(() -> runs(inTime) == 1);
        assertThat(runs(late)).isZero();
    }

    @Test
    void whatIsMoreUrgentIsWorkedOnFirst() throws Exception {
        List<String> questions = new ArrayList<>();
        pause();
        try {
            for (int priority = 0; priority <= 9; priority++) {
                questions.add(question());
                client().send(QUERY, questions.get(priority), settings(null, "reply_to", "none", "priority", "" + priority));
            }
        } finally {
            goOn();
        }
        eventually(() -> questions.stream().allMatch(question -> runs(question) == 1));
        List<String> order = database.sql("SELECT question FROM query_runs WHERE question = ANY(?) ORDER BY started_at")
                .param(questions.toArray(String[]::new)).query(String.class).list();
        assertThat(order.indexOf(questions.get(9))).isLessThan(order.indexOf(questions.get(0)));
    }

    @Test
    @Requires(NodeClients.Installed.class)
    void theSameRequestSentTwiceIsAnsweredOnce() throws Exception {
        String question = question();
        Map<String, Object> request = Map.of("message_id", "order-" + UUID.randomUUID(), "replies", "dragoman.reply.twice",
                "correlation", "twice", "properties", Map.of("schema_group", "ecommerce"));
        try (NodeClients clients = new NodeClients(broker.port(), broker.user(), broker.password())) {
            JsonNode first = clients.send("amqp", QUERY, question, request);
            assertThat(first.path("correlation").asText()).as(first.toString()).isEqualTo("twice");
            JsonNode second = clients.send("amqp", QUERY, question, with(request, "wait", 1_500));
            assertThat(second.path("error").asText()).isEqualTo("no reply");
        }
        assertThat(runs(question)).isEqualTo(1);
    }

    @Test
    void aRequestThatIsDeliveredAgainGetsTheReplyThatItHadAlready() throws Exception {
        SlowWorld world = SlowWorld.in(server);
        String question = oneOfMany("list the tortoises");
        String queue = "dragoman.reply." + UUID.randomUUID();
        client().send(QUERY, question, settings(null, "reply_to", queue, "correlation", "slow", "property.schema_group",
                "tortoises", "property.execute", "true"));
        world.awaitRunning(1);
        broker.restart();
        hangUp();

        try (ClientProcess later = client(ClientProcess.CORE)) {
            Properties reply = later.receive(queue, 60_000);
            assertThat(reply.getProperty("correlation")).isEqualTo("slow");
            assertThat(reply.getProperty("property.code")).isEqualTo("TIMEOUT");
            assertThat(later.receive(queue, 1_000).getProperty("correlation")).isNull();
        }
        assertThat(runs(question)).isEqualTo(1);
    }

    @Test
    void whatMayPassIsTriedAgainAndThenADeadLetterWithItsReason() throws Exception {
        String source = "gone-" + UUID.randomUUID();
        try (ServerSocket closed = new ServerSocket(0)) {
            server.post("/api/v1/data-sources", "{\"name\": \"" + source + "\", \"dialect\": \"postgresql\", \"url\": "
                    + "\"jdbc:postgresql://127.0.0.1:" + closed.getLocalPort() + "/x\", \"user\": \"x\"}");
        }
        String body = "{\"query\": \"SELECT 1 AS x\", \"datasource\": \"" + source + "\"}";
        Instant start = Instant.now();
        Properties reply = ask(EXECUTE, body, "property.api_key", KEY, "correlation", "hopeless");

        assertThat(reply.getProperty("property.code")).as(reply.toString()).isEqualTo("DATASOURCE_UNAVAILABLE");
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(600));
        Properties letter = awaitDeadLetter(body);
        assertThat(letter.getProperty("code")).isEqualTo("DATASOURCE_UNAVAILABLE");
        assertThat(letter.getProperty("reason")).isNotBlank();
        assertThat(letter.getProperty("queue")).isEqualTo(EXECUTE);
        assertThat(letter.getProperty("deliveries")).isEqualTo("3");
        assertThat(letter.toString()).doesNotContain(KEY).doesNotContain("api_key");
    }

    @Test
    void aRequestWhoseReplyCanNeverBeSentEndsAsADeadLetter() throws Exception {
        String queue = "dragoman.reply." + UUID.randomUUID();
        String hopeless = question();
        broker.narrow(queue);
        try {
            client().send(QUERY, question(), settings(null, "reply_to", queue, "property.schema_group", "ecommerce"));
            eventually(() -> broker.messages(queue) == 1);
            client().send(QUERY, hopeless, settings(null, "reply_to", queue, "property.schema_group", "ecommerce"));
            Properties letter = awaitDeadLetter(hopeless);
            assertThat(letter.getProperty("deliveries")).as("ten that are tried, one to say so, one without").isEqualTo("12");
            assertThat(letter.getProperty("reason")).contains("begun 10 times");
            eventually(() -> broker.messages(QUERY) == 0);
            assertThat(runs(hopeless)).as("worked on").isEqualTo(1);
            assertThat(broker.messages(queue)).isEqualTo(1);
        } finally {
            broker.asBefore(queue);
        }
    }

    @Test
    void whatTheBrokerPutAsideIsAnsweredOnceItIsMovedBack() throws Exception {
        String source = "away-" + UUID.randomUUID();
        try (ServerSocket closed = new ServerSocket(0)) {
            server.post("/api/v1/data-sources", "{\"name\": \"" + source + "\", \"dialect\": \"postgresql\", \"url\": "
                    + "\"jdbc:postgresql://127.0.0.1:" + closed.getLocalPort() + "/x\", \"user\": \"postgres\"}");
        }
        String queue = "dragoman.reply." + UUID.randomUUID();
        String aside = "aside." + UUID.randomUUID();
        broker.putAside(EXECUTE, 2, aside);
        try {
            client().send(EXECUTE, "{\"query\": \"SELECT 1 AS x\", \"datasource\": \"" + source + "\"}",
                    settings(null, "reply_to", queue, "correlation", "moved"));
            eventually(() -> broker.messages(aside) == 1);
        } finally {
            broker.asBefore(EXECUTE);
        }
        server.send(server.to("/api/v1/data-sources/" + source).header("Content-Type", "application/json").method("PATCH",
                BodyPublishers.ofString("{\"url\": \"" + TestDatabase.empty().url() + "\"}")));
        assertThat(broker.moveBack(aside)).isEqualTo(1);
        Properties reply = client().receive(queue, 60_000);
        assertThat(reply.getProperty("correlation")).isEqualTo("moved");
        assertThat(reply.getProperty("property.status")).as(reply.getProperty("body")).isEqualTo("success");
        assertThat(client().receive(queue, 500).getProperty("correlation")).isNull();
    }

    @Test
    void aSelectorLeavesOtherRequestsToOtherServers() throws Exception {
        String mine = question();
        String others = question();
        String queue = "dragoman.reply." + UUID.randomUUID();
        CamelContext camel = context.getBean(CamelContext.class);
        pause();
        TemplatedRouteBuilder.builder(camel, "jms-queue").routeId("jms-narrow").prefixId("jms-narrow-")
                .parameter("queue", QUERY).parameter("call", "POST /api/v1/query").parameter("text", "query")
                .parameter("work", "bean:queries?method=ask").parameter("consumers", "1")
                .parameter("dragoman.jms.selector", "schema_group = 'ecommerce'").add();
        try {
            client().send(QUERY, others, settings(null, "reply_to", queue, "property.schema_group", "retail"));
            assertThat(ask(QUERY, mine, "property.schema_group", "ecommerce").getProperty("property.status")).isEqualTo("success");
            assertThat(runs(others)).isZero();
            assertThat(broker.messages(QUERY)).as("it waits").isEqualTo(1);
        } finally {
            camel.getRouteController().stopRoute("jms-narrow");
            camel.removeRoute("jms-narrow");
            goOn();
        }
        assertThat(client().receive(queue, 60_000).getProperty("correlation")).isNotNull();
    }

    @Test
    void theDatabaseOfTheServerGoesAwayForAWhileAndEachRequestIsAnsweredOnce() throws Exception {
        String queue = "dragoman.reply." + UUID.randomUUID();
        String url = context.getEnvironment().getRequiredProperty("dragoman.db.url");
        Set<String> sent = new HashSet<>();
        pause();
        for (int i = 0; i < 30; i++) {
            String question = question();
            sent.add(question);
            client().send(QUERY, question, settings(null, "reply_to", queue, "correlation", question, "property.schema_group",
                    "ecommerce"));
        }
        goOn();
        TestDatabase.goAway(url);
        try {
            Thread.sleep(1_000);
            assertThat(broker.messages(QUERY)).as("in the middle").isPositive();
        } finally {
            TestDatabase.comeBack(url);
        }
        answeredOnce(client(), queue, sent);
    }

    /** That there is one reply to each, a success, and no other. */
    private static void answeredOnce(ClientProcess client, String queue, Set<String> sent) throws Exception {
        List<String> answered = new ArrayList<>();
        for (Properties reply = client.receive(queue, 60_000); reply.containsKey("correlation");
                reply = client.receive(queue, answered.size() < sent.size() ? 60_000 : 500)) {
            assertThat(reply.getProperty("property.status")).as(reply.toString()).isEqualTo("success");
            answered.add(reply.getProperty("correlation"));
        }
        assertThat(answered).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void theBrokerGoesAwayInTheMiddleAndEachRequestIsAnsweredOnce() throws Exception {
        String queue = "dragoman.reply." + UUID.randomUUID();
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            String question = question();
            sent.add(question);
            client().send(QUERY, question, settings(null, "reply_to", queue, "correlation", question, "property.schema_group",
                    "ecommerce"));
        }
        broker.stop();
        hangUp();
        eventually(() -> server.get("/api/v1/health").data().at("/components/broker/status").asText().equals("degraded"));
        broker.start();

        try (ClientProcess later = client(ClientProcess.CORE)) {
            answeredOnce(later, queue, sent);
        }
        assertThat(server.get("/api/v1/health").data().at("/components/broker/status").asText()).isEqualTo("healthy");
    }

    @Test
    void repliesAreKeptUntilTheyWereSentAndNoLonger() throws Exception {
        ask(QUERY, question(), "property.schema_group", "ecommerce");
        eventually(() -> database.sql("SELECT count(*) FROM jms_requests WHERE reply IS NOT NULL").query(Long.class).single() == 0);
        assertThat(database.sql("SELECT count(*) FROM jms_requests WHERE sent_at IS NOT NULL").query(Long.class).single())
                .isPositive();
    }

    private static String question() {
        return "how many orders are there, asked as " + UUID.randomUUID() + "?";
    }

    private static Map<String, Object> with(Map<String, Object> settings, String name, Object value) {
        Map<String, Object> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    private void pause() throws Exception {
        context.getBean(CamelContext.class).getRouteController().stopRoute("jms-query");
    }

    private void goOn() throws Exception {
        context.getBean(CamelContext.class).getRouteController().startRoute("jms-query");
    }

    /** The same question in other capitals, so that no other test asks it just so. */
    private static String oneOfMany(String question) {
        long bits = UUID.randomUUID().getLeastSignificantBits();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < question.length(); i++) {
            char letter = question.charAt(i);
            text.append((bits >> i & 1) == 0 ? letter : Character.toUpperCase(letter));
        }
        return text.toString();
    }
}
