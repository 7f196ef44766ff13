package io.dragoman.api.jms;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.testing.HeavyWorld;
import io.dragoman.testing.Requires;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Requests and their replies, as programs that know only the JMS API, AMQP or STOMP see them. */
class RequestReplyTest extends JmsTest {

    private static final String QUESTION = """
            {"query": "How many orders are there by status?", "schema_group_id": "ecommerce", "execute": true}""";

    @Test
    void aJsonRequestGetsWhatRestRepliesWithItsCorrelationIdAndPriority() throws Exception {
        Properties reply = ask(QUERY, QUESTION, "correlation", "order-4711", "priority", "7");

        assertThat(reply.getProperty("correlation")).isEqualTo("order-4711");
        assertThat(reply.getProperty("priority")).isEqualTo("7");
        assertThat(reply.getProperty("property.status")).isEqualTo("success");
        assertThat(reply.getProperty("property.content_type")).isEqualTo("application/json");
        JsonNode data = json(reply).path("data");
        assertThat(data.path("query_id").asText()).isEqualTo(reply.getProperty("property.query_id"));
        JsonNode overRest = ask(QUESTION).data();
        assertThat(data.path("query")).isEqualTo(overRest.path("query"));
        assertThat(data.at("/results/rows")).isEqualTo(overRest.at("/results/rows")).isNotEmpty();
        assertThat(server.get("/api/v1/query/" + data.path("query_id").asText()).data().path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void withoutACorrelationIdTheReplyHasTheMessageId() throws Exception {
        Properties reply = ask(QUERY, QUESTION);
        assertThat(reply.getProperty("correlation")).isEqualTo(reply.getProperty("message_id")).startsWith("ID:");
    }

    @Test
    void anXmlRequestGetsAnXmlReplyOfTheSameNames() throws Exception {
        Properties reply = ask(QUERY, """
                <?xml version="1.0"?>
                <request><query>How many orders are there by status?</query><schema_group_id>ecommerce</schema_group_id>
                <execute>true</execute><limit>2</limit></request>""");

        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(reply.getProperty("body"))));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("reply");
        assertThat(document.getElementsByTagName("row_count").item(0).getTextContent()).isEqualTo("2");
        assertThat(document.getElementsByTagName("dialect").item(0).getTextContent()).isEqualTo("postgresql");
    }

    @Test
    void plainTextIsTheQuestionAndPropertiesAreTheOtherFields() throws Exception {
        Properties reply = ask(QUERY, "How many orders are there by status?", "kind", "bytes", "property.schema_group",
                "ecommerce", "property.execute", "true", "property.limit", "2");

        assertThat(reply.getProperty("property.content_type")).isEqualTo("text/plain");
        assertThat(reply.getProperty("body")).contains("SELECT status, COUNT(*) AS count").contains("\nstatus\tcount\n");
        assertThat(reply.getProperty("body").lines().filter(line -> line.contains("\t"))).hasSize(3);
    }

    @Test
    void queriesAreRunInEachFormatOfRows() throws Exception {
        String query = "{\"query\": \"SELECT 1 AS one\", \"datasource\": \"ecommerce\"";
        assertThat(json(ask(EXECUTE, query + "}")).at("/data/rows/0/0").asInt()).isEqualTo(1);
        Properties csv = ask(EXECUTE, query + ", \"format\": \"csv\"}");
        assertThat(csv.getProperty("property.content_type")).isEqualTo("text/csv");
        assertThat(csv.getProperty("body")).startsWith("one").contains("1");
        assertThat(json(ask(EXECUTE, "{\"query\": \"DROP TABLE orders\", \"datasource\": \"ecommerce\"}"))
                .at("/error/code").asText()).isEqualTo("UNSAFE_QUERY");
    }

    @Test
    void feedbackIsTakenOnARunOfBefore() throws Exception {
        String run = ask(QUERY, QUESTION).getProperty("property.query_id");
        Properties reply = ask("dragoman.feedback", "{\"query_id\": \"" + run + "\", \"rating\": 1, \"comment\": \"Right\"}");
        assertThat(reply.getProperty("property.status")).as(reply.getProperty("body")).isEqualTo("success");
        assertThat(json(ask("dragoman.feedback", "{\"query_id\": \"" + UUID.randomUUID() + "\", \"rating\": 1}"))
                .at("/error/code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aFixedReplyQueueKeepsTheReplyUntilItIsFetched() throws Exception {
        String queue = "dragoman.reply." + UUID.randomUUID();
        client().send(QUERY, QUESTION, settings(null, "reply_to", queue, "correlation", "later"));
        Properties reply = client().receive(queue, 60_000);
        assertThat(reply.getProperty("correlation")).isEqualTo("later");
        assertThat(reply.getProperty("property.status")).isEqualTo("success");
    }

    @Test
    void theClientOfActiveMqClassicIsAnsweredToo() throws Exception {
        try (ClientProcess openWire = client(ClientProcess.OPENWIRE)) {
            Properties reply = openWire.send(QUERY, QUESTION, settings("60000", "correlation", "classic"));
            assertThat(reply.getProperty("correlation")).isEqualTo("classic");
            assertThat(json(reply).at("/data/results/row_count").asInt()).isPositive();
        }
    }

    @Test
    @Requires(NodeClients.Installed.class)
    void clientsOfAmqpAndStompAreAnswered() throws Exception {
        try (NodeClients clients = new NodeClients(broker.port(), broker.user(), broker.password())) {
            JsonNode amqp = clients.send("amqp", QUERY, QUESTION, Map.of("correlation", "amqp-1", "priority", 6));
            assertThat(amqp.path("correlation").asText()).as(amqp.toString()).isEqualTo("amqp-1");
            assertThat(amqp.path("priority").asInt()).isEqualTo(6);
            assertThat(JSON.readTree(amqp.path("body").asText()).at("/data/results/row_count").asInt()).isPositive();

            JsonNode stomp = clients.send("stomp", QUERY, "How many orders are there by status?", Map.of("correlation",
                    "stomp-1", "priority", 4, "replies", "dragoman.reply.stomp", "properties", Map.of("schema_group", "ecommerce")));
            assertThat(stomp.path("correlation").asText()).as(stomp.toString()).isEqualTo("stomp-1");
            assertThat(stomp.path("body").asText()).contains("SELECT status, COUNT(*) AS count");
        }
    }

    @Test
    @Requires(NodeClients.Installed.class)
    void theFirstExampleOfTheDocumentationWorksAsItIsWritten() throws Exception {
        String page = Files.readString(Path.of("docs", "JMS.md"));
        int begin = page.indexOf("    PASSWORD=");
        String end = "c.close(); });'";
        String example = page.substring(begin, page.indexOf(end, begin) + end.length())
                .replace("$(cat data/broker.password)", broker.password()).replace("61616", broker.port());
        Process shell = new ProcessBuilder("sh", "-c", example).directory(NodeClients.FOLDER.toFile())
                .redirectErrorStream(true).start();
        String told = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(told).contains("SELECT status, COUNT(*) AS count").contains("\nstatus\tcount\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {ClientProcess.CORE, ClientProcess.OPENWIRE})
    void theExampleInJavaWorksAsItIsWritten(String provider) throws Exception {
        String page = Files.readString(Path.of("docs", "JMS.md"));
        int begin = page.indexOf("    Message request = ");
        String example = page.substring(begin, page.indexOf("\n\n", begin));
        Path source = Files.createDirectories(Path.of("target", "jms-example")).resolve("Example.java");
        Files.writeString(source, "import jakarta.jms.*;\npublic class Example {\n  public static Message send(Session session, "
                + "String key) throws JMSException {\n" + example + "\n    return request;\n  }\n}\n");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", System.getProperty("java.class.path"),
                source.toString())).isZero();
        ConnectionFactory factory = (ConnectionFactory) Class.forName(provider).getConstructor(String.class)
                .newInstance(broker.url());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {source.getParent().toUri().toURL()});
                Connection connection = factory.createConnection(broker.user(), broker.password())) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Message request = (Message) loader.loadClass("Example").getMethod("send", Session.class, String.class)
                    .invoke(null, session, KEY);
            Message reply = session.createConsumer(request.getJMSReplyTo()).receive(60_000);
            assertThat(reply.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
            assertThat(((TextMessage) reply).getText()).contains("SELECT status, COUNT(*) AS count");
        }
    }

    @Test
    void keysSayWhoAsks() throws Exception {
        String key = server.post("/api/v1/api-keys", """
                {"name": "jms %s", "roles": ["asker"], "schema_groups": ["retail"]}""".formatted(UUID.randomUUID()))
                .data().path("key").asText();
        assertThat(json(ask(QUERY, QUESTION, "property.api_key", key)).at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(json(ask(QUERY, QUESTION, "property.Authorization", "Bearer " + KEY)).path("status").asText())
                .isEqualTo("success");
        assertThat(json(ask(QUERY, QUESTION, "property.api_key", "drg_wrong")).at("/error/code").asText())
                .isEqualTo("UNAUTHENTICATED");
        String curator = server.post("/api/v1/api-keys", """
                {"name": "jms %s", "roles": ["curator"]}""".formatted(UUID.randomUUID())).data().path("key").asText();
        assertThat(json(ask(QUERY, QUESTION, "property.api_key", curator)).at("/error/code").asText()).isEqualTo("FORBIDDEN");
    }

    @Test
    void theAuditLogHasWhatWasRefusedToo() throws Exception {
        String curator = server.post("/api/v1/api-keys", """
                {"name": "jms %s", "roles": ["curator"]}""".formatted(UUID.randomUUID())).data().path("key").asText();
        assertThat(logged(ask(QUERY, QUESTION, "property.api_key", curator))).containsExactly(403);
        assertThat(logged(ask(EXECUTE, "{\"query\": \"DROP TABLE orders\", \"datasource\": \"ecommerce\"}"))).containsExactly(422);
        assertThat(logged(ask(QUERY, "{\"query\": 7}"))).containsExactly(400);
        assertThat(logged(ask(QUERY, QUESTION))).containsExactly(200);
    }

    /** The status in each entry about the request with that reply. */
    private List<Integer> logged(Properties reply) {
        return eventually(() -> database.sql("SELECT status FROM audit_log WHERE subject = ? AND action LIKE 'JMS %'")
                .param(reply.getProperty("message_id")).query(Integer.class).list(), entries -> !entries.isEmpty());
    }

    @Test
    void aReplyIsSentUpToTheLimitAndRefusedBeyondIt() throws Exception {
        HeavyWorld.in(server);
        Properties near = ask(EXECUTE, boulders(7_500, "json"));
        assertThat(json(near).at("/data/row_count").asInt()).as(near.getProperty("property.code")).isEqualTo(7_500);
        for (String format : List.of("json", "csv")) {
            Properties over = ask(EXECUTE, boulders(9_000, format));
            assertThat(over.getProperty("property.code")).isEqualTo("PAYLOAD_TOO_LARGE");
            assertThat(json(over).at("/error/details/limit_bytes").asLong()).isEqualTo(16 << 20);
            assertThat(logged(over)).containsExactly(413);
        }
    }

    private static String boulders(int rows, String format) {
        return "{\"query\": \"SELECT id, name FROM boulders\", \"datasource\": \"boulders\", \"limit\": " + rows
                + ", \"format\": \"" + format + "\"}";
    }

    @Test
    void healthTellsOfTheBroker() {
        assertThat(server.get("/api/v1/health").data().at("/components/broker/status").asText()).isEqualTo("healthy");
    }
}
