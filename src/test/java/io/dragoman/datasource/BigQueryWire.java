package io.dragoman.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An endpoint that speaks BigQuery's REST interface as far as it is used: jobs.insert, jobs.getQueryResults, jobs.cancel,
 * tables.list, tables.get and tabledata.list, and the exchange of tokens.
 */
final class BigQueryWire implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** A job that was inserted: what of, and how often its results were asked for. */
    static final class Job {
        final JsonNode configuration;
        volatile boolean cancelled;
        volatile int asked;

        Job(JsonNode configuration) {
            this.configuration = configuration;
        }
    }

    /** What a query gives. */
    record Result(String statementType, long bytes, String fields, List<String> rows, int pendingPolls) {
    }

    final Map<String, Result> results = new ConcurrentHashMap<>();
    final Map<String, Job> jobs = new ConcurrentHashMap<>();
    final Map<String, String> resources = new ConcurrentHashMap<>();
    final Queue<int[]> failures = new ConcurrentLinkedQueue<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final List<String> assertions = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int pageRows = 2;
    private final HttpServer server;

    BigQueryWire() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/token", this::token);
        server.createContext("/bigquery/v2/projects/p1", exchange -> {
            try {
                call(exchange);
            } catch (RuntimeException e) {
                reply(exchange, 500, "{\"error\":{\"message\":\"" + e + "\"}}");
            }
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        assertions.add(parameters(body).getOrDefault("assertion", ""));
        reply(exchange, 200, "{\"access_token\":\"exchanged\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
    }

    private void call(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/bigquery/v2/projects/p1".length());
        Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        calls.add(exchange.getRequestMethod() + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        int[] failure = failures.poll();
        if (failure != null) {
            if (failure.length > 1) {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(failure[1]));
            }
            error(exchange, failure[0], failure[0] == 403 ? "rateLimitExceeded" : "backendError", "Try again later");
        } else if (path.equals("/jobs")) {
            insert(exchange, JSON.readTree(body));
        } else if (path.startsWith("/queries/")) {
            results(exchange, path.substring("/queries/".length()), parameters);
        } else if (path.startsWith("/jobs/") && path.endsWith("/cancel")) {
            jobs.get(path.substring("/jobs/".length(), path.length() - "/cancel".length())).cancelled = true;
            reply(exchange, 200, "{\"kind\":\"bigquery#jobCancelResponse\"}");
        } else {
            String page = parameters.containsKey("pageToken") ? "?" + parameters.get("pageToken") : "";
            String found = resources.get(path + page);
            if (found == null) {
                error(exchange, 404, "notFound", "Not found: " + path);
            } else {
                reply(exchange, 200, found);
            }
        }
    }

    private void insert(HttpExchange exchange, JsonNode body) throws IOException {
        JsonNode configuration = body.path("configuration");
        String query = configuration.path("query").path("query").asText();
        Result result = results.get(query);
        if (result == null) {
            error(exchange, 400, "invalidQuery", "Unrecognized name: " + query);
        } else if (configuration.path("dryRun").asBoolean()) {
            reply(exchange, 200, "{\"status\":{\"state\":\"DONE\"},\"statistics\":{\"query\":{\"totalBytesProcessed\":\""
                    + result.bytes() + "\",\"statementType\":\"" + result.statementType() + "\",\"schema\":{\"fields\":"
                    + (result.fields().isEmpty() ? "[]" : result.fields()) + "}}}}");
        } else {
            String id = body.path("jobReference").path("jobId").asText();
            if (jobs.putIfAbsent(id, new Job(configuration)) != null) {
                error(exchange, 409, "duplicate", "Already Exists: Job");
            } else {
                reply(exchange, 200, "{\"jobReference\":{\"projectId\":\"p1\",\"jobId\":\"" + id + "\"},\"status\":{\"state\":"
                        + "\"RUNNING\"}}");
            }
        }
    }

    private void results(HttpExchange exchange, String id, Map<String, String> parameters) throws IOException {
        Job job = jobs.get(id);
        Result result = results.get(job.configuration.path("query").path("query").asText());
        if (result.fields().isEmpty()) {
            error(exchange, 403, "accessDenied", "Access Denied: Table p1:d1.secret");
            return;
        }
        if (job.asked++ < result.pendingPolls()) {
            pause(Long.parseLong(parameters.get("timeoutMs")));
            reply(exchange, 200, "{\"jobComplete\":false,\"jobReference\":{\"jobId\":\"" + id + "\"}}");
            return;
        }
        int from = Integer.parseInt(parameters.getOrDefault("pageToken", "0"));
        int to = Math.min(result.rows().size(), from + Math.min(pageRows, Integer.parseInt(parameters.get("maxResults"))));
        ObjectNode reply = JSON.createObjectNode().put("jobComplete", true)
                .put("totalRows", String.valueOf(result.rows().size()));
        reply.putObject("schema").set("fields", JSON.readTree(result.fields()));
        ArrayNode rows = reply.putArray("rows");
        for (String row : result.rows().subList(from, to)) {
            rows.add(JSON.readTree(row));
        }
        if (to < result.rows().size()) {
            reply.put("pageToken", String.valueOf(to));
        }
        reply(exchange, 200, reply.toString());
    }

    private static Map<String, String> parameters(String query) {
        return query == null ? Map.of() : Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2)).collect(
                Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void error(HttpExchange exchange, int status, String reason, String message) throws IOException {
        reply(exchange, status, "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"errors\":[{\"reason\":\""
                + reason + "\",\"message\":\"" + message + "\"}]}}");
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
