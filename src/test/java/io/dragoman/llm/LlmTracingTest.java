package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.dragoman.config.TracingProperties;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LlmTracingTest {

    private static final UUID RUN = UUID.fromString("0e2f4a6c-1b3d-4f5a-8c7e-9d0b1a2c3e4f");
    private static final Prompt PROMPT = new Prompt("generate", "", ModelRole.DEVELOPER, "", "", null, 0, 100, "abc123");

    private final OtlpEndpoint endpoint = new OtlpEndpoint();

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private static LlmRequest request() {
        return new LlmRequest(RUN, "generate", "ann", "ecommerce", "gemini", "gemini-2.5-pro", PROMPT, "You write queries.",
                "How many secret customers?", 0, 100, Duration.ofSeconds(5), Instant.now().plusSeconds(5), null, reply -> {
                }, LlmRequest.Abort.NEVER);
    }

    private void trace(boolean content) {
        LlmTracing tracing = new LlmTracing(new TracingProperties(endpoint.url() + "/",
                "Authorization=Basic%20cGs6c2s=, x-other=1", "dragoman", content, Duration.ofMillis(50)));
        tracing.answered(tracing.begin(request(), "gemini"), new LlmReply("SELECT 1", 120, 30, 0, 0.0045, false),
                ChatResponse.builder().aiMessage(AiMessage.from("SELECT 1")).modelName("gemini-2.5-pro-001").id("r1")
                        .finishReason(FinishReason.STOP).build());
        tracing.failed(tracing.begin(request(), "gemini"), "rate_limited");
        tracing.ran(RUN, Instant.now().minusSeconds(1), "ann", "ecommerce", "completed", null);
        tracing.close();
    }

    private static Map<String, AnyValue> attributes(Span span) {
        return span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Test
    void aRunIsATraceWithASpanForEachCallByTheConventions() {
        trace(false);
        assertThat(endpoint.authorizations()).containsOnly("Basic cGs6c2s=");
        assertThat(endpoint.service()).isEqualTo("dragoman");
        assertThat(endpoint.spans()).hasSize(3).allMatch(span -> hex(span.getTraceId()).equals(RUN.toString().replace("-", "")));
        Span run = endpoint.spans().stream().filter(span -> span.getName().equals("question")).findFirst().orElseThrow();
        assertThat(run.getParentSpanId().isEmpty()).isTrue();
        assertThat(run.getEndTimeUnixNano() - run.getStartTimeUnixNano()).isGreaterThan(900_000_000L);
        Span call = endpoint.spans().stream().filter(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_UNSET
                && span != run).findFirst().orElseThrow();
        assertThat(call.getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(call.getName()).isEqualTo("chat gemini-2.5-pro");
        assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        Map<String, AnyValue> attributes = attributes(call);
        assertThat(attributes.get("gen_ai.operation.name").getStringValue()).isEqualTo("chat");
        assertThat(attributes.get("gen_ai.provider.name").getStringValue()).isEqualTo("gcp.gemini");
        assertThat(attributes.get("gen_ai.request.model").getStringValue()).isEqualTo("gemini-2.5-pro");
        assertThat(attributes.get("gen_ai.response.model").getStringValue()).isEqualTo("gemini-2.5-pro-001");
        assertThat(attributes.get("gen_ai.usage.input_tokens").getIntValue()).isEqualTo(120);
        assertThat(attributes.get("gen_ai.usage.output_tokens").getIntValue()).isEqualTo(30);
        assertThat(attributes.get("gen_ai.response.finish_reasons").getArrayValue().getValues(0).getStringValue())
                .isEqualTo("stop");
        assertThat(attributes.get("dragoman.prompt.hash").getStringValue()).isEqualTo("abc123");
        Span failed = endpoint.spans().stream().filter(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
                .findFirst().orElseThrow();
        assertThat(attributes(failed).get("error.type").getStringValue()).isEqualTo("rate_limited");
    }

    @Test
    void noTextOfPromptsAndRepliesIsSentUnlessAskedFor() {
        trace(false);
        assertThat(endpoint.text()).doesNotContain("secret customers").doesNotContain("SELECT 1").doesNotContain("You write");
    }

    @Test
    void textsAreSentAsMessagesWhenAskedFor() {
        trace(true);
        Map<String, AnyValue> attributes = endpoint.spans().stream().map(LlmTracingTest::attributes)
                .filter(all -> all.containsKey("gen_ai.output.messages")).findFirst().orElseThrow();
        assertThat(attributes.get("gen_ai.input.messages").getStringValue()).contains("\"role\":\"user\"")
                .contains("How many secret customers?");
        assertThat(attributes.get("gen_ai.output.messages").getStringValue()).contains("\"role\":\"assistant\"")
                .contains("SELECT 1");
        assertThat(attributes.get("gen_ai.system_instructions").getStringValue()).contains("You write queries.");
    }

    @Test
    void nothingIsDoneWithoutAnEndpointAndAnEndpointThatIsGoneHoldsNobodyUp() {
        LlmTracing off = new LlmTracing(new TracingProperties("", "", "dragoman", false, Duration.ofSeconds(2)));
        off.answered(off.begin(request(), "gemini"), new LlmReply("x", 1, 1, 0, 0, false), null);
        off.ran(RUN, Instant.now(), "ann", null, "failed", "TIMEOUT");
        off.close();
        endpoint.close();
        long started = System.nanoTime();
        LlmTracing gone = new LlmTracing(new TracingProperties(endpoint.url(), "", "dragoman", false, Duration.ofMillis(10)));
        for (int i = 0; i < 5_000; i++) {
            gone.failed(gone.begin(request(), "openai"), "timeout");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
        gone.close();
    }
}
