package io.dragoman.api.socket;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.testing.HeavyWorld;
import io.dragoman.testing.Requires;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Callers of the socket who mean harm, or are merely slow; the server goes on for the others. */
@Timeout(180)
class SocketHostilityTest extends ApiTest {

    private static final String POLL = "/ws/?EIO=4&transport=polling";
    private static final String QUESTION = "42[\"generate_query\",{\"query\":\"How many customers are there?\","
            + "\"schema_group_id\":\"ecommerce\",\"execute\":true}]";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Test
    void endsOrRefusesWhateverIsSaidBeforeSigningIn() throws IOException {
        List<RawSocket> sockets = new ArrayList<>();
        try (OwnDoor door = new OwnDoor(context, "connect-timeout", "1s")) {
            for (String packet : List.of("", "9", "hello", "2", "4", "4x", "49", "4999", "40", "40[", "40{\"token\":7}",
                    "40{\"token\":\"x\"", "42[\"generate_query\",{}]", "421[\"a\"]", "41", "6", "5")) {
                RawSocket socket = new RawSocket(door.port());
                sockets.add(socket);
                assertThat(socket.read()).startsWith("0{\"sid\":");
                socket.send(packet);
            }
            for (RawSocket socket : sockets) {
                try (socket) {
                    for (String answer = socket.read(); answer != null; answer = socket.read()) {
                        assertThat(answer).doesNotContain("Exception").doesNotContain("io.dragoman").doesNotContain("40{");
                    }
                }
            }
            stillServes(door.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "42[", "42{}", "42[7]", "42[]", "42[\"generate_query\"]", "42[\"generate_query\",null]",
        "42[\"generate_query\",{\"query\":\"x\",\"query\":\"y\"}]", "42[\"generate_query\",{\"limit\":1e999999999}]",
        "42[\"attach\",{\"query_id\":\"'; drop table query_runs\"}]", "42[\"\\u0000\",{}]",
        "42[\"generate_query\",{\"query\":\"how\\u0000many\"}]", "42[\"generate_query\",{\"query\":\"x\",\"request_id\":\"\\u0000\"}]"})
    void refusesEventsThatCannotBeReadAndGoesOn(String packet) throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            socket.connect(KEY);
            socket.send(packet);
            String error = socket.readUntil("query_error");
            assertThat(error).containsPattern("VALIDATION_FAILED|NOT_FOUND").doesNotContain("Exception");
            socket.send(QUESTION);
            assertThat(socket.readUntil("query_result")).contains("\"row_count\":1");
        }
    }

    @Test
    void endsWhatIsNoText() throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            socket.connect(KEY);
            socket.frame(0x82, new byte[] {4, 1, 2, 3});
            assertThat(socket.readUntil("query_error")).contains("Binary");
            assertThat(socket.readUntil("never")).isNull();
        }
        try (RawSocket socket = new RawSocket(port)) {
            socket.frame(0x81, new byte[] {'4', '2', (byte) 0xff, (byte) 0xfe});
            assertThat(socket.readUntil("never")).isNull();
        }
        try (RawSocket socket = new RawSocket(port)) {
            socket.raw(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0});
            assertThat(socket.readUntil("never")).isNull();
        }
        stillServes();
    }

    @Test
    void endsMessagesThatGrowWithoutEnd() throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            growUntilEnded(socket, 10_000, 2);
        }
        try (RawSocket socket = new RawSocket(port)) {
            socket.connect(KEY);
            growUntilEnded(socket, 100_000, 11);
        }
        stillServes();
    }

    /** Sends a message in pieces without a last one; so many of them are too much. */
    private static void growUntilEnded(RawSocket socket, int size, int pieces) throws IOException {
        byte[] piece = new byte[size];
        Arrays.fill(piece, (byte) '4');
        socket.frame(0x01, piece);
        for (int i = 1; i < pieces; i++) {
            socket.frame(0x00, piece);
        }
        assertThat(socket.readUntil("never")).isNull();
    }

    @Test
    void endsWhoeverSignsInTooLate() throws IOException {
        try (OwnDoor door = new OwnDoor(context, "connect-timeout", "1s"); RawSocket socket = new RawSocket(door.port())) {
            assertThat(socket.readUntil("never")).isNull();
        }
    }

    @Test
    void endsWhoeverFloods() throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            socket.connect(KEY);
            for (int i = 0; i < 10_000; i++) {
                try {
                    socket.send("42[\"nonsense\",{\"a\":\"" + "x".repeat(1_000) + "\"}]");
                } catch (SocketException e) {
                    break;
                }
            }
            assertThat(socket.readUntil("never")).isNull();
        }
        stillServes();
    }

    @Test
    void refusesRequestsThatAreNotOfTheProtocol() {
        assertThat(server.get("/ws/?EIO=3&transport=polling").json().path("code").asInt()).isEqualTo(5);
        assertThat(server.get("/ws/?EIO=4&transport=pigeon").json().path("code").asInt()).isZero();
        assertThat(server.get("/ws/?EIO=4&transport=websocket").status()).isEqualTo(400);
        assertThat(server.get("/ws/").status()).isEqualTo(400);
        assertThat(server.get(POLL + "&sid=unknown").json().path("code").asInt()).isEqualTo(1);
        assertThat(server.post(POLL, "40").json().path("code").asInt()).isEqualTo(2);
        assertThat(server.send(server.to(POLL).DELETE()).status()).isEqualTo(400);
        assertThat(server.get("/ws/else?EIO=4&transport=polling").status()).isEqualTo(404);
        assertThat(server.with("wrong").get(POLL).status()).isEqualTo(401);
        assertThat(server.send(server.to(POLL).header("Origin", "https://evil.example")).status()).isEqualTo(403);
        assertThat(server.send(server.to(POLL).header("Origin", "null")).status()).isEqualTo(403);
    }

    @Test
    void endsAConnectionThatPollsTwiceOrPostsTooMuch() {
        String sid = sid();
        CompletableFuture<Reply> one = poll(sid);
        CompletableFuture<Reply> two = poll(sid);
        assertThat(List.of(one.join().status(), two.join().status())).contains(400);
        assertThat(server.get(POLL + "&sid=" + sid).status()).isEqualTo(400);
        String other = sid();
        assertThat(server.send(server.to(POLL + "&sid=" + other).POST(BodyPublishers.ofString("4" + "x".repeat(20_000)))).status())
                .as("before it signed in").isEqualTo(413);
        assertThat(server.get(POLL + "&sid=" + other).status()).isEqualTo(400);
    }

    @Test
    void endsEachPollWhileAWebSocketTakesOverSoThatTheCallerNeedNotWaitForAPing() throws IOException {
        String sid = sid();
        try (RawSocket socket = new RawSocket(port, "&sid=" + sid)) {
            socket.send("2probe");
            assertThat(socket.read()).isEqualTo("3probe");
            for (int i = 0; i < 3; i++) {
                assertThat(server.get(POLL + "&sid=" + sid).text()).as("poll %s", i).isEqualTo("6");
            }
            socket.send("5");
            socket.connect(KEY);
            socket.send(QUESTION);
            assertThat(socket.readUntil("query_result")).isNotNull();
        }
    }

    /** Polls on a thread of its own, as a poll waits until there is something. */
    private CompletableFuture<Reply> poll(String sid) {
        return CompletableFuture.supplyAsync(() -> server.get(POLL + "&sid=" + sid), work -> new Thread(work).start());
    }

    private String sid() {
        Reply opened = server.get(POLL);
        assertThat(opened.status()).isEqualTo(200);
        Matcher sid = Pattern.compile("\"sid\":\"([^\"]+)\"").matcher(opened.text());
        assertThat(sid.find()).isTrue();
        return sid.group(1);
    }

    @Test
    @Requires(SocketIoClient.Installed.class)
    void aSlowReaderSlowsNobodyAndLosesNoResult() throws Exception {
        HeavyWorld.in(server);
        String id;
        List<Long> alone = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        try (OwnDoor door = new OwnDoor(context, "slow-reader", "2s"); SocketIoClient others = new SocketIoClient(door.port())) {
            others.connect("b", "\"websocket\"", KEY);
            for (int i = 0; i < 10; i++) {
                alone.add(asked(others, i));
            }
            try (RawSocket slow = new RawSocket(door.port())) {
                slow.connect(KEY);
                slow.send("42[\"generate_query\",{\"query\":\"list the boulders\",\"schema_group_id\":\"boulders\",\"execute\":true,"
                        + "\"limit\":5000}]");
                String progress = slow.readUntil("\"query_id\":\"");
                id = progress.substring(progress.indexOf("\"query_id\":\"") + 12).substring(0, 36);
                for (int i = 10; i < 40; i++) {
                    beside.add(asked(others, i));
                }
                eventually("it is cut off", () -> !door.has(slow));
                assertThat(slow.readUntil("query_result")).as("it was cut off in the middle of the result").isNull();
            }
            others.emit("b", "attach", "{\"query_id\": \"" + id + "\"}");
            assertThat(others.await("b", "query_result", data -> data.path("query_id").asText().equals(id))
                    .at("/results/row_count").asInt()).isEqualTo(5_000);
        }
        System.out.println("Median of a question alone " + median(alone) + " ms, beside a slow reader " + median(beside) + " ms");
        assertThat(median(beside)).isLessThan(3 * median(alone) + 1_000);
    }

    private static long asked(SocketIoClient client, int before) {
        long start = System.nanoTime();
        client.emit("b", "generate_query", QUESTION.substring(QUESTION.indexOf('{'), QUESTION.length() - 1));
        client.awaitNumber("b", "query_result", before);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private void stillServes() throws IOException {
        stillServes(port);
    }

    private static void stillServes(int door) throws IOException {
        try (RawSocket socket = new RawSocket(door)) {
            socket.connect(KEY);
            socket.send(QUESTION);
            assertThat(socket.readUntil("query_result")).isNotNull();
        }
    }
}
