package io.dragoman.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Talks to the started server over HTTP, as a caller would. */
public final class Server {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String key;

    /** A caller of the server on a port of this machine, who shows a key; null for none. */
    public Server(int port, String key) {
        this("http://127.0.0.1:" + port, key);
    }

    private Server(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Another caller of the same server, who shows another key; null for none. */
    public Server with(String otherKey) {
        return new Server(base, otherKey);
    }

    /** A request to a path. */
    public HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        return key == null ? request : request.header("X-API-Key", key);
    }

    /** Gets a path. */
    public Reply get(String path) {
        return send(to(path).GET());
    }

    /** Posts JSON to a path. */
    public Reply post(String path, String json) {
        return send(to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Sends a request. */
    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Reply(HttpResponse<String> response) {

        /** The HTTP status. */
        public int status() {
            return response.statusCode();
        }

        /** The body as text. */
        public String text() {
            return response.body();
        }

        /** The body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("Not JSON: " + response.body(), e);
            }
        }

        /** {@code data} of the envelope. */
        public JsonNode data() {
            return json().path("data");
        }

        /** {@code error} of the envelope. */
        public JsonNode error() {
            return json().path("error");
        }

        /** A header, or null. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }
}
