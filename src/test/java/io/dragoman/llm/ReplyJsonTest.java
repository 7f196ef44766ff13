package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyJsonTest {

    private static final JsonObjectSchema SCHEMA = JsonObjectSchema.builder().addStringProperty("query")
            .addNumberProperty("confidence").required("query", "confidence").build();

    @ParameterizedTest
    @ValueSource(strings = {"{\"query\": \"SELECT 1\", \"confidence\": 1}",
        "Here it is:\n```json\n{\"query\": \"SELECT 1\", \"confidence\": 1}\n```\nAnything else?",
        "{'query': 'SELECT 1', confidence: 1,}", "{\"query\": \"SELECT 1\", // the query\n \"confidence\": 1}",
        "I think {that} is it: {\"a\": 1} or {\"query\": \"SELECT 1\", \"confidence\": 1} {"})
    void findsTheObjectWhereverItIs(String reply) {
        assertThat(ReplyJson.read(reply, SCHEMA).orElseThrow().path("query").asText()).isEqualTo("SELECT 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "{", "[]", "null", "{\"query\": \"SELECT 1\"}", "{\"query\": \"SELECT 1\", \"confid",
        "\"{\\\"query\\\": 1}\"", "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{"})
    void givesNothingWhereThereIsNone(String reply) {
        assertThat(ReplyJson.read(reply, SCHEMA)).isEmpty();
    }

    @Test
    void isNotHeldUpByHostileReplies() {
        long started = System.nanoTime();
        assertThat(ReplyJson.read("{\"a\":".repeat(30_000), SCHEMA)).isEmpty();
        assertThat(ReplyJson.read("{".repeat(190_000), SCHEMA)).isEmpty();
        assertThat(ReplyJson.read("x".repeat(10_000_000), SCHEMA)).isEmpty();
        assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(20_000);
    }
}
