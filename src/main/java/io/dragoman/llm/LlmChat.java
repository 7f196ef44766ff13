package io.dragoman.llm;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * The chat model behind Camel's chat endpoints. It sends a request, which the last message carries, to the provider it
 * names with the model, temperature and schema it names, and writes every call into the ledger. Thread-safe.
 */
@Component("llmChat")
class LlmChat implements ChatModel {

    private static final String TOOL = "reply";

    private final LlmProviders providers;
    private final LlmLedger ledger;
    private final LlmTracing tracing;

    LlmChat(LlmProviders providers, LlmLedger ledger, LlmTracing tracing) {
        this.providers = providers;
        this.ledger = ledger;
        this.tracing = tracing;
    }

    @Override
    public ChatResponse chat(ChatRequest messages) {
        LlmRequest request = LlmRequest.of(messages.messages());
        long started = System.nanoTime();
        Span span = Span.getInvalid();
        ProviderHttp.CURRENT.set(request);
        try {
            ProviderClient client = providers.client(request.provider());
            span = tracing.begin(request, client.kind());
            ChatRequest asked = asked(request, client.structured());
            ChatResponse answered = request.tokens() == null ? client.chat().chat(asked)
                    : streamed(client.streaming(), asked, request);
            LlmReply reply = ledger.answered(request, text(answered.aiMessage()), answered, elapsedMs(started));
            tracing.answered(span, reply, answered);
            request.answered().accept(reply);
            return response(reply);
        } catch (RuntimeException e) {
            LlmException failure = Failures.of(request, e);
            tracing.failed(span, failure.outcome());
            ledger.failed(request, failure.outcome(), elapsedMs(started));
            throw failure;
        } finally {
            ProviderHttp.CURRENT.remove();
        }
    }

    private static ChatResponse response(LlmReply reply) {
        return ChatResponse.builder().aiMessage(AiMessage.from(reply.text())).build();
    }

    private static ChatRequest asked(LlmRequest request, ProviderClient.Structured structured) {
        var schema = request.prompt().schema();
        ChatRequest.Builder asked = ChatRequest.builder().modelName(request.model()).temperature(request.temperature())
                .maxOutputTokens(request.maxTokens());
        String system = request.system();
        if (schema != null) {
            switch (structured) {
                case SCHEMA -> asked.responseFormat(ResponseFormat.builder().type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder().name(request.prompt().name()).rootElement(schema).build()).build());
                case TOOL -> asked.toolChoice(ToolChoice.REQUIRED).toolSpecifications(ToolSpecification.builder()
                        .name(TOOL).description("Gives the reply.").parameters(schema).build());
                case PROMPT -> system += "\n\nReply with one JSON object and nothing else. It follows this JSON schema:\n"
                        + ReplyJson.write(JsonSchemaElementUtils.toMap(schema));
            }
        }
        return asked.messages(List.of(SystemMessage.from(system), UserMessage.from(request.user()))).build();
    }

    private static ChatResponse streamed(StreamingChatModel model, ChatRequest asked, LlmRequest request) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        long left = request.leftMs();
        model.chat(asked, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                request.tokens().accept(part);
            }

            @Override
            public void onPartialToolCall(PartialToolCall part) {
                request.tokens().accept(part.partialArguments());
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                whole.completeExceptionally(failure);
            }
        });
        try {
            return whole.get(left, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new dev.langchain4j.exception.TimeoutException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String text(AiMessage message) {
        String text = message.hasToolExecutionRequests() ? message.toolExecutionRequests().get(0).arguments() : message.text();
        return text == null ? "" : text;
    }

    /** The milliseconds since a reading of {@link System#nanoTime()}. */
    static double elapsedMs(long started) {
        return Math.round((System.nanoTime() - started) / 1_000.0) / 1_000.0;
    }
}
