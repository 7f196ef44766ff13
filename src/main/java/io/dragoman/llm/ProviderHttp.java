package io.dragoman.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * HTTP as the providers' clients use it, over one shared connection pool. What LangChain4j's own client does not do is why
 * it is here: a call ends at the deadline of its request, can be stopped, and a refusal keeps its {@code Retry-After}.
 */
final class ProviderHttp implements dev.langchain4j.http.client.HttpClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** For calls that are made for no request. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LONGEST_ERROR = 10_000;

    /** HTTP/1.1, because compatible servers trip over the upgrade to 2 in clear text. */
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1).build();

    /** The request that the current thread is working for. */
    static final ThreadLocal<LlmRequest> CURRENT = new ThreadLocal<>();

    private final Map<String, String> headers;
    private final String query;

    private ProviderHttp(Map<String, String> headers, String query) {
        this.headers = headers;
        this.query = query;
    }

    /** A refusal, with what its headers said. */
    static final class Refused extends HttpException {

        private final Duration retryAfter;

        Refused(int status, String body, Duration retryAfter) {
            super(status, body.length() > LONGEST_ERROR ? body.substring(0, LONGEST_ERROR) : body);
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * Builds such a client; timeouts are those of the request.
     *
     * @param headers sent with each call
     * @param query   added to each URL, such as {@code api-version=2024-10-21}; empty for none
     */
    record Builder(Map<String, String> headers, String query) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return CONNECT_TIMEOUT;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public dev.langchain4j.http.client.HttpClient build() {
            return new ProviderHttp(headers, query);
        }
    }

    /** Waits for the whole reply no longer than the request may. */
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (ProviderCall call = ProviderCall.begin(CURRENT.get(), leftMs())) {
            HttpResponse<String> response = call.send(CLIENT, toJdk(request), BodyHandlers.ofString());
            requireSuccess(response, response.body());
            return SuccessfulHttpResponse.builder().statusCode(response.statusCode()).headers(response.headers().map())
                    .body(response.body()).build();
        }
    }

    /** Reads the reply as it comes, on the calling thread; what is not whole when the time is up is given up. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (ProviderCall call = ProviderCall.begin(CURRENT.get(), leftMs())) {
            try {
                read(call, call.send(CLIENT, toJdk(request), BodyHandlers.ofInputStream()), parser, listener);
            } catch (IOException | RuntimeException e) {
                listener.onError(call.failure(e));
            }
        }
    }

    private static void read(ProviderCall call, HttpResponse<InputStream> response, ServerSentEventParser parser,
            ServerSentEventListener listener) throws IOException {
        try (InputStream body = response.body()) {
            call.reading(body);
            if (response.statusCode() / 100 != 2) {
                requireSuccess(response, new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8));
            }
            listener.onOpen(SuccessfulHttpResponse.builder().statusCode(response.statusCode())
                    .headers(response.headers().map()).build());
            parser.parse(body, listener);
            call.requireWhole();
            listener.onClose();
        }
    }

    private static void requireSuccess(HttpResponse<?> response, String body) {
        if (response.statusCode() / 100 != 2) {
            throw new Refused(response.statusCode(), body,
                    response.headers().firstValue("Retry-After").map(ProviderHttp::seconds).orElse(null));
        }
    }

    /** Seconds as RFC 9110 has them; a date, which providers do not send, counts as not said. */
    private static Duration seconds(String text) {
        try {
            return Duration.ofMillis(Math.max(0, Math.round(Double.parseDouble(text.strip()) * 1_000)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static long leftMs() {
        LlmRequest current = CURRENT.get();
        return current == null ? LONGEST.toMillis() : current.leftMs();
    }

    private URI uri(String url) {
        return URI.create(query.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + query);
    }

    private java.net.http.HttpRequest toJdk(HttpRequest request) {
        java.net.http.HttpRequest.Builder jdk = java.net.http.HttpRequest.newBuilder().uri(uri(request.url()));
        request.headers().forEach((name, values) -> values.stream().filter(value -> !value.endsWith(ProviderClient.NO_KEY))
                .forEach(value -> jdk.header(name, value)));
        headers.forEach(jdk::setHeader);
        jdk.timeout(Duration.ofMillis(leftMs()));
        return jdk.method(request.method().name(), request.body() == null ? BodyPublishers.noBody()
                : BodyPublishers.ofString(request.body())).build();
    }
}
