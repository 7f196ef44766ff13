package io.dragoman.llm;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.dragoman.config.LlmProperties;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The clients of one provider, built at their first use. They do not retry: the routes do. Model, temperature and the like
 * are said with each request.
 */
final class ProviderClient {

    /** How a reply is made to follow a schema. */
    enum Structured { SCHEMA, TOOL, PROMPT }

    /** Stands where the clients insist on a key; it is not sent. */
    static final String NO_KEY = "no-key-is-configured";

    private final LlmProperties.Provider settings;
    private final HttpClientBuilder http;
    private ChatModel chat;
    private StreamingChatModel streaming;

    ProviderClient(LlmProperties.Provider settings) {
        this.settings = settings;
        this.http = new ProviderHttp.Builder(settings.headers(), part(settings.baseUrl(), 1));
    }

    /** The wire format. */
    String kind() {
        return settings.kind();
    }

    /** The schema where the wire has one; Claude follows a tool's schema most surely. */
    Structured structured() {
        if (!settings.structured().isEmpty()) {
            return Structured.valueOf(settings.structured().toUpperCase(Locale.ROOT));
        }
        return settings.kind().equals("claude") ? Structured.TOOL : Structured.SCHEMA;
    }

    synchronized ChatModel chat() {
        if (chat == null) {
            chat = switch (settings.kind()) {
                case "gemini" -> GoogleAiGeminiChatModel.builder().httpClientBuilder(http).apiKey(key())
                        .baseUrl(url()).modelName(settings.developer()).maxRetries(0).build();
                case "claude" -> with(AnthropicChatModel.builder(), builder -> url() == null ? builder
                        : builder.baseUrl(url())).httpClientBuilder(http).apiKey(key())
                        .modelName(settings.developer()).maxRetries(0).build();
                case "openai" -> OpenAiChatModel.builder().httpClientBuilder(http).apiKey(key()).baseUrl(url())
                        .modelName(settings.developer()).strictJsonSchema(true).maxRetries(0).build();
                default -> OllamaChatModel.builder().httpClientBuilder(http).baseUrl(url())
                        .modelName(settings.developer()).maxRetries(0).build();
            };
        }
        return chat;
    }

    synchronized StreamingChatModel streaming() {
        if (streaming == null) {
            streaming = switch (settings.kind()) {
                case "gemini" -> GoogleAiGeminiStreamingChatModel.builder().httpClientBuilder(http).apiKey(key())
                        .baseUrl(url()).modelName(settings.developer()).build();
                case "claude" -> with(AnthropicStreamingChatModel.builder(), builder -> url() == null ? builder
                        : builder.baseUrl(url())).httpClientBuilder(http).apiKey(key())
                        .modelName(settings.developer()).build();
                case "openai" -> OpenAiStreamingChatModel.builder().httpClientBuilder(http).apiKey(key()).baseUrl(url())
                        .modelName(settings.developer()).strictJsonSchema(true).build();
                default -> OllamaStreamingChatModel.builder().httpClientBuilder(http).baseUrl(url())
                        .modelName(settings.developer()).build();
            };
        }
        return streaming;
    }

    private static <B> B with(B builder, UnaryOperator<B> change) {
        return change.apply(builder);
    }

    private String key() {
        return settings.apiKey().isEmpty() ? NO_KEY : settings.apiKey();
    }

    /** Null takes the client's own. */
    private String url() {
        return settings.baseUrl().isEmpty() ? null : part(settings.baseUrl(), 0);
    }

    /** What is before (0) or behind (1) the question mark of a URL, as Azure wants a version with each call. */
    private static String part(String url, int number) {
        String[] parts = url.split("\\?", 2);
        return number < parts.length ? parts[number] : "";
    }
}
