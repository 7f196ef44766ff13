package io.dragoman.api.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send. */
class HostileMessagesTest extends JmsTest {

    @ParameterizedTest
    @ValueSource(strings = {"object", "stream", "map"})
    void otherKindsOfMessagesAreRefusedAndNeverDeserialized(String kind) throws Exception {
        refused(ask(QUERY, "how many orders are there?", "kind", kind), "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><r><query>&x;</query></r>",
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><r><query>&b;</query></r>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r><query>x</query></r>",
        "<r><query>x</query",
        "<r query=\"x\"><query>y</query></r>",
        "<r/>",
        "<r><query>x</query><execute>perhaps</execute></r>",
        "<r><query><a>x</a></query></r>"})
    void xmlThatSaysMoreThanPlainElementsIsRefusedInXml(String body) throws Exception {
        Properties reply = ask(QUERY, body);
        assertThat(reply.getProperty("body")).startsWith("<?xml").contains("<code>VALIDATION_FAILED</code>")
                .doesNotContain("Exception").doesNotContain("root:");
        assertThat(reply.getProperty("property.code")).isEqualTo("VALIDATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"query\": ", "{\"query\": 5}", "{}", "{\"query\": \"a\", \"query\": \"b\"}", "{\"limit\": {}}",
        "{\"query\": \"how many orders are there?\", \"execute\": \"true\"}"})
    void jsonThatRestRefusesIsRefused(String body) throws Exception {
        refused(ask(QUERY, body), "VALIDATION_FAILED");
    }

    @Test
    void unknownFieldsAreLeftAside() throws Exception {
        assertThat(json(ask(QUERY, "{\"query\": \"how many orders are there?\", \"schema_group_id\": \"ecommerce\", \"colour\": 1}"))
                .path("status").asText()).isEqualTo("success");
    }

    @Test
    void nestingWithoutEndIsRefused() throws Exception {
        assertThat(json(ask(QUERY, "{\"query\":" + "[".repeat(5_000))).at("/error/code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(ask(QUERY, "<a>".repeat(5_000)).getProperty("property.code")).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void aBodyOfTwoMegabytesIsRefusedAndOneOfTwentyIsNotEvenTakenIn() throws Exception {
        refused(ask(QUERY, "x".repeat(2 << 20)), "PAYLOAD_TOO_LARGE");
        refused(ask(QUERY, "x".repeat(2 << 20), "kind", "bytes"), "PAYLOAD_TOO_LARGE");
        assertThat(ask(QUERY, "x".repeat(20 << 20), "kind", "bytes").getProperty("error")).contains("larger than");
    }

    @Test
    void propertiesThatWouldSteerARouteHaveNoEffectAndDoNotComeBack() throws Exception {
        Properties reply = ask(QUERY, "{\"query\": \"how many orders are there?\", \"schema_group_id\": \"ecommerce\"}",
                "property.CamelBeanMethodName", "replay", "property.CamelJmsDestinationName", "dragoman.dlq",
                "property.Accept", "text/event-stream", "property.CamelToEndpoint", "direct:nowhere",
                "property.api_key", KEY);
        assertThat(json(reply).path("status").asText()).isEqualTo("success");
        assertThat(reply.stringPropertyNames()).noneMatch(name -> name.contains("Camel") || name.contains("api_key"));
        assertThat(reply.toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dragoman.query", "dragoman.execute", "dragoman.dlq", "activemq.management",
        "dragoman.reply.x::dragoman.query"})
    void repliesDoNotGoToQueuesThatTheSenderMayNotRead(String queue) throws Exception {
        String question = "how many orders were there " + UUID.randomUUID() + "?";
        client().send(QUERY, question, settings(null, "reply_to", queue));
        Properties letter = awaitDeadLetter(question);
        assertThat(letter.getProperty("reason")).contains("not the server's own");
        assertThat(runs(question)).isZero();
    }

    @Test
    void clientsNeitherReadRequestsAndDeadLettersNorManageTheBroker() throws Exception {
        assertThat(client().receive(QUERY, 100).getProperty("error")).contains("Security");
        assertThat(client().receive("dragoman.dlq", 100).getProperty("error")).contains("Security");
        assertThat(client().receive("#", 100).getProperty("error")).isNotBlank();
        assertThat(client().send("activemq.management", "x", settings(null)).getProperty("error")).contains("Security");
        assertThat(client().send("dragoman.dlq", "x", settings(null)).getProperty("error")).contains("Security");
        assertThat(client().send("dragoman.reply.of.others", "x", settings(null)).getProperty("error")).contains("Security");
    }

    private static void refused(Properties reply, String code) throws Exception {
        assertThat(reply.getProperty("property.status")).as(reply.toString()).isEqualTo("error");
        assertThat(reply.getProperty("property.code")).isEqualTo(code);
        if (reply.getProperty("body").startsWith("{")) {
            assertThat(json(reply).at("/error/code").asText()).isEqualTo(code);
            assertThat(json(reply).at("/error/trace_id").asText()).isEqualTo(reply.getProperty("property.trace_id"));
        }
        assertThat(reply.getProperty("body")).doesNotContain("Exception").doesNotContain("io.dragoman");
    }
}
