package io.dragoman.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An endpoint that speaks the wire formats of the providers as their published references have them: OpenAI's chat
 * completions, Anthropic's messages, Gemini's generateContent and Ollama's chat, with streaming, usage and errors. What is
 * replied is up to a function; how a call fails is up to a queue of faults for each provider.
 */
public final class LlmEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INPUT = 120;
    private static final int OUTPUT = 30;
    private static final int CACHED = 20;

    static {
        // Else the JDK's server holds back the end of a reply for 40 ms, and closes all but 200 idle connections.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Function<Asked, String> brain = question -> "{}";
    private volatile long delayMs;
    private volatile CountDownLatch goingOn = new CountDownLatch(1);

    /** A call that came in, at that reading of {@link System#nanoTime()}. */
    public record Asked(String provider, String model, String system, String user, boolean streaming, boolean schema,
            String key, String body, URI uri, Headers headers, long atNs) {
    }

    /** How a call goes wrong. */
    public record Fault(int status, String retryAfter, long delayMs, String raw, boolean hangUp, boolean cutOff, long stallMs) {

        public static Fault status(int status) {
            return new Fault(status, null, 0, null, false, false, 0);
        }

        public static Fault retryAfter(int status, String seconds) {
            return new Fault(status, seconds, 0, null, false, false, 0);
        }

        public static Fault slow(long ms) {
            return new Fault(200, null, ms, null, false, false, 0);
        }

        /** The headers and half of the reply come at once, the rest later. */
        public static Fault stalled(long ms) {
            return new Fault(200, null, 0, null, false, false, ms);
        }

        /** The model's text is this instead. */
        public static Fault text(String text) {
            return new Fault(200, null, 0, text, false, false, 0);
        }

        /** The model's text is this, and ends because it may have no more tokens. */
        public static Fault cutOff(String text) {
            return new Fault(200, null, 0, text, false, true, 0);
        }

        /** The connection ends in the middle of the reply. */
        public static Fault hungUp() {
            return new Fault(200, null, 0, null, true, false, 0);
        }
    }

    public LlmEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    public String url(String provider) {
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + provider;
        return switch (provider) {
            case "openai", "claude", "plain" -> base + "/v1";
            case "gemini" -> base + "/v1beta";
            default -> base;
        };
    }

    public void replies(Function<Asked, String> function) {
        brain = function;
    }

    public Function<Asked, String> brain() {
        return brain;
    }

    public void delay(long ms) {
        delayMs = ms;
    }

    public void fail(String provider, Fault... next) {
        faults.computeIfAbsent(provider, name -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
    }

    /** Ends the delays of the calls that there are. */
    public void goOn() {
        goingOn.countDown();
        goingOn = new CountDownLatch(1);
    }

    public void reset() {
        goOn();
        faults.clear();
        asked.clear();
        delayMs = 0;
    }

    public List<Asked> asked() {
        return new ArrayList<>(asked);
    }

    public List<Asked> asked(String provider) {
        return asked.stream().filter(one -> one.provider().equals(provider)).toList();
    }

    /** Calls that are being answered. */
    public int open() {
        return open.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        open.incrementAndGet();
        try (exchange) {
            String provider = exchange.getRequestURI().getPath().split("/")[1];
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked call = read(provider, exchange, JSON.readTree(body), body);
            asked.add(call);
            Queue<Fault> queue = faults.get(provider);
            Fault fault = queue == null ? null : queue.poll();
            pause(fault != null && fault.delayMs() > 0 ? fault.delayMs() : delayMs);
            if (fault != null && fault.status() != 200) {
                refuse(exchange, provider, fault);
                return;
            }
            String text = fault != null && fault.raw() != null ? fault.raw() : brain.apply(call);
            if (fault != null && fault.hangUp()) {
                byte[] half = whole(call, text, false).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, half.length);
                exchange.getResponseBody().write(half, 0, half.length / 2);
                return;
            }
            boolean cutOff = fault != null && fault.cutOff();
            if (fault != null && fault.stallMs() > 0) {
                byte[] reply = (call.streaming() ? String.join("", events(call, text, false)) : whole(call, text, false))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply, 0, reply.length / 2);
                exchange.getResponseBody().flush();
                pause(fault.stallMs());
                return;
            }
            if (call.streaming()) {
                stream(exchange, call, text, cutOff);
            } else {
                send(exchange, 200, whole(call, text, cutOff));
            }
        } finally {
            open.decrementAndGet();
        }
    }

    private void pause(long ms) {
        try {
            goingOn.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Asked read(String provider, HttpExchange exchange, JsonNode body, String raw) {
        String path = exchange.getRequestURI().getPath();
        return switch (provider) {
            case "claude" -> new Asked(provider, body.path("model").asText(), texts(body.path("system")),
                    texts(body.path("messages").path(0).path("content")), body.path("stream").asBoolean(),
                    body.has("tools"), exchange.getRequestHeaders().getFirst("x-api-key"), raw,
                    exchange.getRequestURI(), exchange.getRequestHeaders(), System.nanoTime());
            case "gemini" -> new Asked(provider, path.substring(path.lastIndexOf('/') + 1, path.indexOf(':')),
                    texts(body.path("systemInstruction").path("parts")),
                    texts(body.path("contents").path(0).path("parts")), path.endsWith("streamGenerateContent"),
                    body.path("generationConfig").has("responseSchema")
                            || body.path("generationConfig").has("responseJsonSchema"),
                    exchange.getRequestHeaders().getFirst("x-goog-api-key"), raw, exchange.getRequestURI(),
                    exchange.getRequestHeaders(), System.nanoTime());
            default -> new Asked(provider, body.path("model").asText(), texts(body.path("messages").path(0).path("content")),
                    texts(body.path("messages").path(1).path("content")), body.path("stream").asBoolean(),
                    body.path("response_format").has("json_schema") || body.path("format").isObject(),
                    exchange.getRequestHeaders().getFirst("Authorization"), raw, exchange.getRequestURI(),
                    exchange.getRequestHeaders(), System.nanoTime());
        };
    }

    private static String texts(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        StringBuilder text = new StringBuilder();
        node.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    private static void refuse(HttpExchange exchange, String provider, Fault fault) throws IOException {
        if (fault.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
        }
        if (fault.status() == 401) {
            String key = String.join(" ", exchange.getRequestHeaders().values().stream().flatMap(List::stream)
                    .filter(value -> value.contains("key-of-")).toList());
            send(exchange, 401, "{\"error\":{\"message\":\"Incorrect API key provided: " + key + "\",\"code\":401}}");
            return;
        }
        send(exchange, fault.status(), switch (provider) {
            case "claude" -> """
                    {"type":"error","error":{"type":"%s","message":"Overloaded"},"request_id":"req_1"}"""
                    .formatted(fault.status() == 529 ? "overloaded_error" : "api_error");
            case "gemini" -> """
                    {"error":{"code":%d,"message":"Resource has been exhausted","status":"RESOURCE_EXHAUSTED"}}"""
                    .formatted(fault.status());
            case "ollama" -> "{\"error\":\"model runner has unexpectedly stopped\"}";
            default -> """
                    {"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}""";
        });
    }

    /** The reply as one body. */
    private static String whole(Asked call, String text, boolean cutOff) {
        return switch (call.provider()) {
            case "claude" -> """
                    {"id":"msg_1","type":"message","role":"assistant","model":"%s","content":[%s],"stop_reason":"%s",
                    "stop_sequence":null,"usage":{"input_tokens":%d,"cache_creation_input_tokens":0,
                    "cache_read_input_tokens":%d,"output_tokens":%d}}""".formatted(call.model(), claudeBlock(call, text),
                    cutOff ? "max_tokens" : call.schema() ? "tool_use" : "end_turn", INPUT - CACHED, CACHED, OUTPUT);
            case "gemini" -> """
                    {"candidates":[{"content":{"parts":[{"text":%s}],"role":"model"},"finishReason":"%s","index":0}],
                    "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d},
                    "modelVersion":"%s"}""".formatted(quoted(text), cutOff ? "MAX_TOKENS" : "STOP", INPUT, OUTPUT,
                    INPUT + OUTPUT, call.model());
            case "ollama" -> """
                    {"model":"%s","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":%s},
                    "done":true,"done_reason":"%s","total_duration":1,"prompt_eval_count":%d,"eval_count":%d}"""
                    .formatted(call.model(), quoted(text), cutOff ? "length" : "stop", INPUT, OUTPUT);
            default -> """
                    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,
                    "message":{"role":"assistant","content":%s,"refusal":null},"logprobs":null,"finish_reason":"%s"}],
                    "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,
                    "prompt_tokens_details":{"cached_tokens":%d}},"system_fingerprint":"fp_1"}""".formatted(call.model(),
                    quoted(text), cutOff ? "length" : "stop", INPUT, OUTPUT, INPUT + OUTPUT, CACHED);
        };
    }

    private static String claudeBlock(Asked call, String text) {
        boolean object = text.strip().startsWith("{") && valid(text);
        return call.schema() && object
                ? "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"reply\",\"input\":" + text + "}"
                : "{\"type\":\"text\",\"text\":" + quoted(text) + "}";
    }

    private static boolean valid(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The reply in pieces: server-sent events, or lines for Ollama. */
    private static void stream(HttpExchange exchange, Asked call, String text, boolean cutOff) throws IOException {
        exchange.getResponseHeaders().set("Content-Type",
                call.provider().equals("ollama") ? "application/x-ndjson" : "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String event : events(call, text, cutOff)) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private static List<String> events(Asked call, String text, boolean cutOff) {
        int half = text.length() / 2;
        List<String> parts = List.of(text.substring(0, half), text.substring(half));
        List<String> events = new ArrayList<>();
        switch (call.provider()) {
            case "claude" -> {
                events.add(event("message_start", """
                        {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"%s","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":%d,"cache_read_input_tokens":%d,"output_tokens":1}}}"""
                        .formatted(call.model(), INPUT - CACHED, CACHED)));
                events.add(event("content_block_start", call.schema() ? """
                        {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"reply","input":{}}}"""
                        : """
                        {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""));
                for (String part : parts) {
                    events.add(event("content_block_delta", call.schema() ? """
                            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":%s}}"""
                            .formatted(quoted(part)) : """
                            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":%s}}"""
                            .formatted(quoted(part))));
                }
                events.add(event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"));
                events.add(event("message_delta", """
                        {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":%d}}"""
                        .formatted(cutOff ? "max_tokens" : call.schema() ? "tool_use" : "end_turn", OUTPUT)));
                events.add(event("message_stop", "{\"type\":\"message_stop\"}"));
            }
            case "gemini" -> {
                for (int i = 0; i < parts.size(); i++) {
                    events.add("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":" + quoted(parts.get(i))
                            + "}],\"role\":\"model\"}" + (i == 1 ? ",\"finishReason\":\"" + (cutOff ? "MAX_TOKENS" : "STOP") + "\"" : "")
                            + ",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":" + INPUT
                            + ",\"candidatesTokenCount\":" + OUTPUT + ",\"totalTokenCount\":" + (INPUT + OUTPUT)
                            + "},\"modelVersion\":\"" + call.model() + "\"}\r\n\r\n");
                }
            }
            case "ollama" -> {
                for (String part : parts) {
                    events.add("{\"model\":\"" + call.model() + "\",\"created_at\":\"2026-01-01T00:00:00Z\","
                            + "\"message\":{\"role\":\"assistant\",\"content\":" + quoted(part) + "},\"done\":false}\n");
                }
                events.add("{\"model\":\"" + call.model() + "\",\"created_at\":\"2026-01-01T00:00:00Z\","
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"" + (cutOff ? "length" : "stop") + "\","
                        + "\"prompt_eval_count\":" + INPUT + ",\"eval_count\":" + OUTPUT + "}\n");
            }
            default -> {
                String head = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\""
                        + call.model() + "\",\"choices\":[";
                for (String part : parts) {
                    events.add(head + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":" + quoted(part)
                            + "},\"finish_reason\":null}]}\n\n");
                }
                events.add(head + "{\"index\":0,\"delta\":{},\"finish_reason\":\"" + (cutOff ? "length" : "stop") + "\"}]}\n\n");
                events.add(head + "],\"usage\":{\"prompt_tokens\":" + INPUT + ",\"completion_tokens\":" + OUTPUT
                        + ",\"total_tokens\":" + (INPUT + OUTPUT) + "}}\n\n");
                events.add("data: [DONE]\n\n");
            }
        }
        return events;
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static String quoted(String text) {
        return JSON.valueToTree(text).toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
