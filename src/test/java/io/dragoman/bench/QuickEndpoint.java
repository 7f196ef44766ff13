package io.dragoman.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.llm.LlmEndpoint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An OpenAI-compatible endpoint that takes next to nothing of the processor, which it shares with the server that is measured:
 * a thread a connection, replies that were written once for each kind of system prompt, no parsing.
 */
final class QuickEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** So much of a system prompt tells which it is. */
    private static final int PROMPT_BEGINS = 60;

    private final ServerSocket server;
    private final Map<String, byte[]> replies = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Function<LlmEndpoint.Asked, String> brain;
    private volatile long delayMs;

    QuickEndpoint(Function<LlmEndpoint.Asked, String> brain) throws IOException {
        this.brain = brain;
        this.server = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** From here on each call takes that long. */
    void delay(long ms) {
        delayMs = ms;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(null, work, "endpoint", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket; InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024)) {
            for (int length = head(in); length >= 0; length = head(in)) {
                byte[] body = in.readNBytes(length);
                calls.incrementAndGet();
                byte[] reply = replies.computeIfAbsent(promptBeginning(body), this::reply);
                if (delayMs > 0) {
                    Thread.sleep(delayMs);
                }
                socket.getOutputStream().write(reply);
            }
        } catch (IOException | InterruptedException hungUp) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads up to the empty line; gives the length of the body, or -1 when the caller hung up. */
    private static int head(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int length = 0;
        while (true) {
            int c = in.read();
            if (c < 0) {
                return -1;
            }
            if (c != '\n') {
                if (c != '\r') {
                    line.append((char) c);
                }
                continue;
            }
            if (line.isEmpty()) {
                return length;
            }
            String header = line.toString().toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring("content-length:".length()).strip());
            }
            line.setLength(0);
        }
    }

    /** The beginning of the first message, which is the system prompt. */
    private static String promptBeginning(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.ISO_8859_1);
        int content = text.indexOf("\"content\"");
        int quote = text.indexOf('"', text.indexOf(':', content));
        return text.substring(quote + 1, Math.min(text.length(), quote + 1 + PROMPT_BEGINS));
    }

    private byte[] reply(String system) {
        String text = brain.apply(new LlmEndpoint.Asked("openai", "bench", system, "", false, true, "", "", null, null, System.nanoTime()));
        try {
            String body = """
                    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,\
                    "message":{"role":"assistant","content":%s},"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":120,"completion_tokens":30,"total_tokens":150}}""".formatted(JSON.writeValueAsString(text));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
