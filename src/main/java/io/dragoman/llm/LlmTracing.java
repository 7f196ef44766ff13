package io.dragoman.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.dragoman.config.TracingProperties;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.annotation.PreDestroy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;

/**
 * Traces by the OpenTelemetry conventions for generative AI: one trace a run, whose id is the run's, with a span for the
 * run and one for each call to a provider. Sent in the background over OTLP/HTTP; nothing is done unless an endpoint is
 * configured. Without {@link TracingProperties#content()} no text of a prompt or reply leaves the server. Thread-safe.
 */
@Service
public class LlmTracing {

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);
    private static final long SHUTDOWN_S = 5;
    private static final AttributeKey<List<String>> FINISH_REASONS = AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    private static final Map<String, String> PROVIDERS = Map.of("gemini", "gcp.gemini", "claude", "anthropic");

    private final SdkTracerProvider sdk;
    private final Tracer tracer;
    private final boolean content;

    LlmTracing(TracingProperties settings) {
        this.content = settings.content();
        this.sdk = settings.endpoint().isBlank() ? null : sdk(settings);
        this.tracer = (sdk == null ? TracerProvider.noop() : sdk).get("io.dragoman");
    }

    private static SdkTracerProvider sdk(TracingProperties settings) {
        String base = settings.endpoint().strip();
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder().setTimeout(SEND_TIMEOUT)
                .setEndpoint((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/traces");
        for (String header : settings.headers().split(",")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                exporter.addHeader(header.substring(0, equals).strip(),
                        URLDecoder.decode(header.substring(equals + 1).strip(), StandardCharsets.UTF_8));
            }
        }
        return SdkTracerProvider.builder().setIdGenerator(new RunIds())
                .setResource(Resource.getDefault().toBuilder().put("service.name", settings.service()).build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).setScheduleDelay(settings.every()).build())
                .build();
    }

    /**
     * A run ended.
     *
     * @param caller  the name of who asked
     * @param group   the schema group; null when none was chosen
     * @param outcome in a word, such as {@code completed}
     * @param failure a code when it failed; null when it did not
     */
    public void ran(UUID run, Instant startedAt, String caller, String group, String outcome, String failure) {
        if (sdk == null) {
            return;
        }
        RunIds.next(run);
        try {
            Span span = tracer.spanBuilder("question").setNoParent().setSpanKind(SpanKind.SERVER).setStartTimestamp(startedAt)
                    .setAttribute("dragoman.run.id", run.toString()).setAttribute("user.id", caller)
                    .setAttribute("dragoman.outcome", outcome).startSpan();
            optional(span, "dragoman.schema_group", group);
            if (failure != null) {
                span.setStatus(StatusCode.ERROR).setAttribute("error.type", failure);
            }
            span.end();
        } finally {
            RunIds.done();
        }
    }

    /** A call begins; the span has to be ended by {@link #answered} or {@link #failed}. */
    Span begin(LlmRequest request, String kind) {
        if (sdk == null) {
            return Span.getInvalid();
        }
        SpanContext run = SpanContext.createFromRemoteParent(RunIds.trace(request.runId()), RunIds.span(request.runId()),
                TraceFlags.getSampled(), TraceState.getDefault());
        Span span = tracer.spanBuilder("chat " + request.model()).setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(Span.wrap(run)))
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", PROVIDERS.getOrDefault(kind, kind))
                .setAttribute("gen_ai.system", PROVIDERS.getOrDefault(kind, kind))
                .setAttribute("gen_ai.request.model", request.model())
                .setAttribute("gen_ai.request.temperature", request.temperature())
                .setAttribute("gen_ai.request.max_tokens", request.maxTokens())
                .setAttribute("gen_ai.output.type", request.prompt().schema() == null ? "text" : "json")
                .setAttribute("dragoman.stage", request.stage())
                .setAttribute("dragoman.provider", request.provider())
                .setAttribute("dragoman.prompt.name", request.prompt().name())
                .setAttribute("dragoman.prompt.hash", request.prompt().hash()).startSpan();
        optional(span, "dragoman.schema_group", request.schemaGroup());
        if (content) {
            span.setAttribute("gen_ai.system_instructions", messages(null, request.system()));
            span.setAttribute("gen_ai.input.messages", messages("user", request.user()));
        }
        return span;
    }

    void answered(Span span, LlmReply reply, ChatResponse response) {
        if (!span.isRecording()) {
            return;
        }
        span.setAttribute("gen_ai.usage.input_tokens", reply.inputTokens())
                .setAttribute("gen_ai.usage.output_tokens", reply.outputTokens())
                .setAttribute("gen_ai.usage.cost", reply.costUsd());
        optional(span, "gen_ai.response.model", response.modelName());
        optional(span, "gen_ai.response.id", response.id());
        if (response.finishReason() != null) {
            span.setAttribute(FINISH_REASONS, List.of(response.finishReason().name().toLowerCase(Locale.ROOT)));
        }
        if (content) {
            span.setAttribute("gen_ai.output.messages", messages("assistant", reply.text()));
        }
        span.end();
    }

    void failed(Span span, String outcome) {
        span.setStatus(StatusCode.ERROR).setAttribute("error.type", outcome);
        span.end();
    }

    /** One text as the conventions have messages; instructions have no role. */
    private static String messages(String role, String text) {
        Map<String, Object> part = Map.of("type", "text", "content", text);
        return ReplyJson.write(List.of(role == null ? part : Map.of("role", role, "parts", List.of(part))));
    }

    private static void optional(Span span, String name, String value) {
        if (value != null) {
            span.setAttribute(name, value);
        }
    }

    @PreDestroy
    void close() {
        if (sdk != null) {
            sdk.shutdown().join(SHUTDOWN_S, TimeUnit.SECONDS);
        }
    }
}
