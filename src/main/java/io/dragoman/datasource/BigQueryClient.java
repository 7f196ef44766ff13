package io.dragoman.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.config.DragomanProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Calls BigQuery's REST interface, see cloud.google.com/bigquery/docs/reference/rest. Thread-safe. */
final class BigQueryClient {

    private static final int RETRIES = 2;
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LONGEST_BACKOFF_MS = 5_000;
    private static final long CALL_GRACE_MS = 10_000;
    /** BigQuery's own limit of a page is 20 MB before it is written as JSON. */
    private static final int LARGEST_REPLY = 128 << 20;
    private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);
    private static final Set<String> BUSY_REASONS = Set.of("rateLimitExceeded", "backendError", "internalError",
            "jobRateLimitExceeded");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final BigQueryToken token;
    private final String base;
    private final String name;

    BigQueryClient(String name, String project, Secrets secrets, DragomanProperties.Bigquery settings) {
        this.name = name;
        this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER).build();
        this.token = new BigQueryToken(http, settings.tokenEndpoint(), secrets);
        this.base = settings.endpoint() + "/bigquery/v2/projects/" + project;
    }

    /** An empty object to fill in. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Gets what is under the project, such as {@code /datasets/d/tables}. */
    JsonNode get(String path, long timeoutMs) {
        return call("GET", path, null, timeoutMs);
    }

    /** Posts to what is under the project. */
    JsonNode post(String path, JsonNode body, long timeoutMs) {
        return call("POST", path, body, timeoutMs);
    }

    /**
     * Calls, and again where that may help: every call that is made here may be made twice, as jobs carry ids of their own.
     *
     * @throws RefusedException                  when BigQuery refuses what was asked
     * @throws Connector.UnavailableException    when it cannot be reached or is too busy
     * @throws Connector.QueryCancelledException when the thread is interrupted
     */
    private JsonNode call(String method, String path, JsonNode body, long timeoutMs) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (int attempt = 0;; attempt++) {
            long waitMs = FIRST_BACKOFF_MS << 2 * attempt;
            String problem;
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                HttpResponse<Void> response = send(method, path, body, timeoutMs, bytes);
                JsonNode reply = read(response.statusCode(), bytes.toByteArray());
                if (response.statusCode() < 300) {
                    return reply;
                }
                String reason = reply.path("error").path("errors").path(0).path("reason").asText();
                problem = "HTTP " + response.statusCode() + " " + reply.path("error").path("message").asText();
                if (!BUSY.contains(response.statusCode()) && !BUSY_REASONS.contains(reason)) {
                    throw refused(response.statusCode(), reason, reply.path("error").path("message").asText());
                }
                waitMs = Math.max(waitMs, response.headers().firstValueAsLong("Retry-After").orElse(0) * 1_000);
            } catch (IOException e) {
                problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Connector.QueryCancelledException(e);
            }
            if (attempt == RETRIES || waitMs > LONGEST_BACKOFF_MS
                    || System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs) > deadline) {
                throw new Connector.UnavailableException("The datasource '" + name + "' (BigQuery) cannot be reached: "
                        + problem, null);
            }
            pause(waitMs);
        }
    }

    /** A body that is read as a stream would not hear of an interrupt, so it is gathered, up to the limit. */
    private HttpResponse<Void> send(String method, String path, JsonNode body, long timeoutMs, ByteArrayOutputStream bytes)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMillis(timeoutMs + CALL_GRACE_MS))
                .header("Authorization", "Bearer " + token.get()).header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build(),
                HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(some -> {
                    if (bytes.size() + some.length <= LARGEST_REPLY) {
                        bytes.writeBytes(some);
                    }
                })));
    }

    private static JsonNode read(int status, byte[] bytes) throws IOException {
        return bytes.length == 0 || status >= 300 && bytes[0] != '{' ? object() : JSON.readTree(bytes);
    }

    private Connector.UnavailableException unauthenticated() {
        return new Connector.UnavailableException("The datasource '" + name + "' (BigQuery) does not accept the credentials",
                null);
    }

    private RuntimeException refused(int status, String reason, String message) {
        return status == 401 ? unauthenticated() : new RefusedException(status, reason, message);
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Connector.QueryCancelledException(e);
        }
    }

    /** BigQuery refused what was asked. */
    static final class RefusedException extends RuntimeException {

        private final int status;
        private final String reason;

        RefusedException(int status, String reason, String message) {
            super(message, null, false, false);
            this.status = status;
            this.reason = reason;
        }

        /** The HTTP status. */
        int status() {
            return status;
        }

        /** BigQuery's word for it, such as {@code invalidQuery}. */
        String reason() {
            return reason;
        }
    }
}
