package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Follow-up questions over HTTP: what was asked before still holds, as the rows show. */
class FollowUpTest extends ApiTest {

    @Test
    void aFollowUpThatNamesNoTableKeepsTheTablesAndConditionsOfTheQuestionBefore() {
        String thread = thread();
        ask(thread, "customers in Texas", "ecommerce");
        JsonNode counted = ask(thread, "how many are there?", null);
        assertThat(rows(counted)).isEqualTo(run("ecommerce", "SELECT count(*) FROM customers WHERE state = 'TX'"));
        assertThat(counted.path("retrieved_tables").findValuesAsText("name")).contains("customers");
        assertThat(counted.path("retrieved_tables").toString()).contains("used by the question before");
        assertThat(rows(ask(thread, "and in California?", null)))
                .isEqualTo(run("ecommerce", "SELECT count(*) FROM customers WHERE state = 'CA'"));
    }

    @Test
    void eachFollowUpBuildsOnTheOneBeforeIt() {
        String thread = thread();
        ask(thread, "number of orders by status", "ecommerce");
        ask(thread, "only those from 2024", "ecommerce");
        assertThat(rows(ask(thread, "show the top 1", "ecommerce"))).isEqualTo(run("ecommerce", """
                SELECT status, count(*) FROM orders WHERE order_date >= '2024-01-01' AND order_date < '2025-01-01'
                GROUP BY status ORDER BY count(*) DESC LIMIT 1"""));
    }

    @Test
    void aMessageInTheThreadAndAQueryThatNamesTheThreadAreTheSameConversation() {
        String thread = thread();
        server.post("/api/v1/conversations/" + thread + "/messages", """
                {"query": "customers in Texas", "schema_group_id": "ecommerce"}""");
        assertThat(rows(ask(thread, "how many are there?", null)))
                .isEqualTo(run("ecommerce", "SELECT count(*) FROM customers WHERE state = 'TX'"));
    }

    @Test
    void aQuestionToAnotherSchemaGroupFollowsNothing() {
        String thread = thread();
        ask(thread, "customers in Texas", "ecommerce");
        JsonNode other = ask(thread, "how many loans are there?", "bank");
        assertThat(other.path("schema_group").asText()).isEqualTo("bank");
        assertThat(rows(other)).isEqualTo(run("loans_db", "SELECT count(*) FROM loans"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"and the flurbs of zzqx?", "only the glonk", "frobnicate", "'; DROP TABLE customers; --"})
    void whatIsNotUnderstoodIsAskedBackAndNotAnsweredWithTheQueryOfTheQuestionBefore(String nonsense) {
        String thread = thread();
        ask(thread, "customers in Texas", "ecommerce");
        Reply reply = post(thread, nonsense, "ecommerce");
        assertThat(reply.data().path("query").isTextual()).as(reply.text()).isFalse();
        assertThat(rows(ask(thread, "how many are there?", "ecommerce")))
                .isEqualTo(run("ecommerce", "SELECT count(*) FROM customers WHERE state = 'TX'"));
    }

    private String thread() {
        return server.post("/api/v1/conversations", "{}").data().path("id").asText();
    }

    private Reply post(String thread, String question, String group) {
        var body = JsonNodeFactory.instance.objectNode().put("query", question).put("conversation_id", thread)
                .put("execute", true);
        if (group != null) {
            body.put("schema_group_id", group);
        }
        return server.post("/api/v1/query", body.toString());
    }

    private JsonNode ask(String thread, String question, String group) {
        Reply reply = post(thread, question, group);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.data();
    }

    private static JsonNode rows(JsonNode data) {
        assertThat(data.path("results").path("rows").isArray()).as(data.toString()).isTrue();
        return data.path("results").path("rows");
    }

    private JsonNode run(String datasource, String query) {
        Reply reply = server.post("/api/v1/execute", JsonNodeFactory.instance.objectNode().put("datasource", datasource)
                .put("query", query).toString());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.data().path("rows").isArray() ? reply.data().path("rows") : reply.data().path("results").path("rows");
    }
}
