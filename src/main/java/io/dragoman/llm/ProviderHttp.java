package io.dragoman.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP as the providers' clients use it, over one shared connection pool. What LangChain4j's own client does not do is why
 * it is here: a call ends at the deadline of its request, can be stopped, and a refusal keeps its {@code Retry-After}.
 */
final class ProviderHttp implements dev.langchain4j.http.client.HttpClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** For calls that are made for no request. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LONGEST_ERROR = 10_000;

    /** As many calls as there are threads may wait for a provider. */
    private static final int MOST_CONNECTIONS = 5_000;
    /** A connection that was idle for longer is looked at before it is used again. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(1);
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

    /**
     * Blocking, on the thread that asks, as it would only wait for another one. What LangChain4j and the routes do is left to
     * them: retries, redirects, cookies.
     */
    private static final CloseableHttpClient CLIENT = HttpClients.custom().useSystemProperties()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().useSystemProperties()
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                    .setMaxConnPerRoute(MOST_CONNECTIONS).setMaxConnTotal(MOST_CONNECTIONS)
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT)).setValidateAfterInactivity(IDLE).build())
                    .build())
            .evictIdleConnections(LONGEST_IDLE)
            .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
            .disableContentCompression().build();

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
        try (ProviderCall call = begin(request)) {
            return call.send(CLIENT, response -> {
                String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
                requireSuccess(response, body);
                return successful(response).body(body).build();
            });
        }
    }

    /** Reads the reply as it comes, on the calling thread; what is not whole when the time is up is given up. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (ProviderCall call = begin(request)) {
            call.send(CLIENT, response -> {
                InputStream body = response.getEntity() == null ? InputStream.nullInputStream() : response.getEntity().getContent();
                if (response.getCode() / 100 != 2) {
                    requireSuccess(response, new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8));
                }
                listener.onOpen(successful(response).build());
                parser.parse(body, listener);
                call.requireWhole();
                listener.onClose();
                return null;
            });
        } catch (RuntimeException e) {
            listener.onError(e);
        }
    }

    private static SuccessfulHttpResponse.Builder successful(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return SuccessfulHttpResponse.builder().statusCode(response.getCode()).headers(headers);
    }

    private static void requireSuccess(ClassicHttpResponse response, String body) {
        if (response.getCode() / 100 != 2) {
            Header pause = response.getFirstHeader("Retry-After");
            throw new Refused(response.getCode(), body, pause == null ? null : RetryAfter.read(pause.getValue(), Instant.now()));
        }
    }

    private ProviderCall begin(HttpRequest request) {
        LlmRequest current = CURRENT.get();
        long leftMs = current == null ? LONGEST.toMillis() : current.leftMs();
        HttpUriRequestBase sent = new HttpUriRequestBase(request.method().name(), uri(request.url()));
        request.headers().forEach((name, values) -> values.stream().filter(value -> !value.endsWith(ProviderClient.NO_KEY))
                .forEach(value -> sent.addHeader(name, value)));
        headers.forEach(sent::setHeader);
        if (request.body() != null) {
            sent.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        }
        sent.setConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(leftMs)).build());
        return ProviderCall.begin(current, sent, leftMs);
    }

    private URI uri(String url) {
        return URI.create(query.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + query);
    }
}
