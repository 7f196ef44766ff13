package io.dragoman.cluster;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.HeldTable;
import io.dragoman.testing.RedisServer;
import io.dragoman.testing.Requires;
import jakarta.jms.JMSException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two server processes on one PostgreSQL that was empty when both started, one broker and one Redis. The last test kills one of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoServersTest {

    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final int REQUESTS = 40;
    private static final int MANY_REQUESTS = 200;
    private static final long A_SECOND = 1_000;
    private static final Duration SOON = Duration.ofMillis(4_500);

    @TempDir
    private static Path folder;
    private static JdbcClient database;
    private static TestBroker broker;
    private static DatabaseLine line;
    /** Null where there is none: the servers then go without. */
    private static RedisServer redis;
    private static ServerNode first;
    private static ServerNode second;
    /** Known to both as schema group {@code slow}: reading it takes 0.4 s, and as long as it is held. */
    private static HeldTable table;

    @BeforeAll
    static void startBothAtOnce() throws Exception {
        broker = TestBroker.start();
        line = DatabaseLine.to(DATABASE);
        Map<String, String> settings = new HashMap<>(Map.of("DRAGOMAN_JOBS_LEASE", "3s", "DRAGOMAN_JOBS_WORKERS", "3",
                "DRAGOMAN_BROKER_URL", broker.url(), "DRAGOMAN_DB_URL", line.url()));
        if (new RedisServer().missing().isEmpty()) {
            redis = RedisServer.start();
            settings.putAll(Map.of("DRAGOMAN_REDIS_URL", redis.url(), "DRAGOMAN_REDIS_TIMEOUT", "10s"));
        }
        first = ServerNode.start("first", folder, DATABASE, settings);
        second = ServerNode.start("second", folder, DATABASE, settings);
        first.awaitUp();
        second.awaitUp();
        database = JdbcClient.create(DATABASE.dataSource());
    }

    @AfterAll
    static void stop() throws Exception {
        first.close();
        second.close();
        broker.close();
        line.close();
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    @Order(1)
    void startTogetherOnAnEmptyDatabaseWithoutClashing() {
        assertThat(database.sql("SELECT count(*) FROM users WHERE name = 'admin'").query(Integer.class).single()).isEqualTo(1);
        assertThat(database.sql("SELECT count(*) FROM sample_worlds").query(Integer.class).single()).isEqualTo(4);
        String both = first.log() + second.log();
        assertThat(both.split("Loaded the sample world", -1)).as(both).hasSize(5);
        assertThat(both.split("as 'admin' with the password", -1)).as("the one-time password is told by one of them").hasSize(2);
        assertThat(both).doesNotContain("ERROR");
        assertThat(database.sql("SELECT count(*) FROM nodes").query(Integer.class).single()).isEqualTo(2);
        for (ServerNode node : List.of(first, second)) {
            assertThat(node.post("/query", "{\"query\": \"How many orders are there?\", \"schema_group_id\": \"ecommerce\","
                    + " \"execute\": true}").path("results").path("rows").size()).isEqualTo(1);
        }
    }

    @Test
    @Order(2)
    void whatChangesOnOneIsSeenOnTheOtherWithinASecond() {
        String group = "shared";
        first.post("/schemas/upload?dialect=postgresql", "{\"schema_group_name\": \"" + group + "\", \"schema_data\": {\"tables\":"
                + " [{\"name\": \"caravans\", \"columns\": [{\"name\": \"id\", \"type\": \"integer\"},"
                + " {\"name\": \"camels\", \"type\": \"integer\"}]}]}}");
        String ask = "{\"query\": \"How many caravans are there?\", \"schema_group_id\": \"" + group + "\"}";
        within("the new group", () -> second.admin().post("/api/v1/query", ask).text().contains("caravans"));

        first.post("/synonyms", "{\"schema_group_id\": \"" + group + "\", \"term\": \"convoys\", \"target\": \"caravans\"}");
        within("the synonym", () -> second.admin().post("/api/v1/query", ask.replace("many caravans", "many convoys")).text()
                .contains("FROM caravans"));

        String user = "{\"name\": \"zoe\", \"roles\": [\"asker\"]}";
        first.post("/users", user);
        JsonNode key = first.post("/api-keys", "{\"name\": \"k\", \"user\": \"zoe\"}");
        Server zoe = second.caller(key.path("key").asText());
        within("the key", () -> zoe.get("/api/v1/schemas").status() == 200);
        patch(first, "/users/zoe", "{\"roles\": [\"curator\"]}");
        within("the user's roles", () -> zoe.get("/api/v1/conversations").status() == 403);
        first.admin().send(first.admin().to("/api/v1/api-keys/" + key.path("id").asText()).DELETE());
        within("the revocation", () -> zoe.get("/api/v1/schemas").status() == 401);

        Reply changed = first.admin().send(first.admin().to("/api/v1/policy").header("Content-Type", "application/json").PUT(
                BodyPublishers.ofString("{\"version\": 0, \"yaml\": \"defaults: {blocked_columns: [customers.email]}\"}")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        within("the policy", () -> second.admin().post("/api/v1/execute", "{\"datasource\": \"ecommerce\", \"query\":"
                + " \"SELECT c.email FROM customers c\"}").text().contains("BLOCKED_COLUMN"));
        second.admin().send(second.admin().to("/api/v1/policy").header("Content-Type", "application/json").PUT(
                BodyPublishers.ofString("{\"version\": 1, \"restore\": 0}")));
        within("the policy of before", () -> !first.admin().post("/api/v1/execute", "{\"datasource\": \"ecommerce\","
                + " \"query\": \"SELECT c.email FROM customers c\"}").text().contains("BLOCKED_COLUMN"));

        first.post("/data-sources", "{\"name\": \"depot\", \"dialect\": \"postgresql\", \"url\": \"" + DATABASE.url()
                + "\", \"user\": \"" + DATABASE.user() + "\"}");
        within("the datasource", () -> second.admin().get("/api/v1/data-sources/depot").status() == 200);
        first.admin().send(first.admin().to("/api/v1/data-sources/depot").DELETE());
        within("its removal", () -> second.admin().get("/api/v1/data-sources/depot").status() == 404);

        String thread = first.post("/conversations", "{\"title\": \"here and there\"}").path("id").asText();
        String question = "{\"query\": \"How many orders are there by status?\", \"schema_group_id\": \"ecommerce\"}";
        first.post("/conversations/" + thread + "/messages", question);
        JsonNode follow = second.post("/conversations/" + thread + "/messages", "{\"query\": \"only those in 2024\"}");
        assertThat(follow.path("intent").path("is_follow_up").asBoolean()).as(follow.toString()).isTrue();

        String waiting = first.post("/query", "{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\","
                + " \"execute\": true, \"require_approval\": true}").path("query_id").asText();
        assertThat(second.post("/query/" + waiting + "/approve", "{}").path("results").path("rows")).hasSize(1);
    }

    @Test
    @Order(3)
    void aJobIsCancelledFromTheOtherServer() throws Exception {
        slowTable();
        try (HeldTable.Hold held = table.hold()) {
            String id = first.post("/queries", table.question()).path("query_id").asText();
            table.awaitWaiting(1);
            Reply cancelled = second.admin().post("/api/v1/queries/" + id + "/cancel", "");
            assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
            within("it is cancelled", () -> status(second, id).equals("cancelled"));
        }
    }

    @Test
    @Order(4)
    @Requires(RedisServer.class)
    void whatOneServerKeptTheOtherFindsInRedisUntilItChanges() {
        first.post("/schemas/upload?dialect=postgresql", "{\"schema_group_name\": \"lent\", \"schema_data\": {\"tables\":"
                + " [{\"name\": \"lamps\", \"columns\": [{\"name\": \"id\", \"type\": \"integer\"}]}]}}");
        within("the group", () -> second.admin().get("/api/v1/schemas/lent").status() == 200);
        String lamps = "How many lamps are there?";
        within("its vectors on the first", () -> kept(first, lamps));
        within("what the first found is found by the second", () -> lent(second, lamps, "lamps"));

        first.post("/synonyms", "{\"schema_group_id\": \"lent\", \"term\": \"lanterns\", \"target\": \"lamps\"}");
        String lanterns = lamps.replace("lamps", "lanterns");
        within("the synonym", () -> ask(second, lanterns).text().contains("FROM lamps"));
        within("what the second found is found by the first", () -> lent(first, lanterns, "lamps"));

        first.post("/schemas/upload?dialect=postgresql&mode=replace", "{\"schema_group_name\": \"lent\", \"schema_data\":"
                + " {\"tables\":" + " [{\"name\": \"lanterns\", \"columns\": [{\"name\": \"id\", \"type\": \"integer\"}]}]}}");
        within("the new table", () -> ask(second, lanterns).text().contains("FROM lanterns"));
    }

    @Test
    @Order(5)
    void holdTheLimitOfAKeyTogether() throws Throwable {
        first.post("/users", "{\"name\": \"eager\", \"roles\": [\"asker\"]}");
        atLeastOnce(this::letThroughLittleMoreThanOneWould);
    }

    private void letThroughLittleMoreThanOneWould() throws InterruptedException {
        String key = first.post("/api-keys", "{\"name\": \"k\", \"user\": \"eager\", \"calls_per_second\": 5}").path("key").asText();
        within("the key", () -> second.caller(key).get("/api/v1/schemas").status() == 200);
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(12);
        long start = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            Server door = (i % 2 == 0 ? first : second).caller(key);
            callers.submit(() -> {
                while (!enough.get()) {
                    if (door.get("/api/v1/schemas?limit=1").status() == 200) {
                        answered.incrementAndGet();
                    }
                }
            });
        }
        Thread.sleep(2 * A_SECOND);
        eventually("some are answered", () -> answered.get() >= 10);
        int counted = answered.get();
        double alone = 5 + 5 * (System.nanoTime() - start) / 1e9;
        enough.set(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(counted).as("what one server lets through by itself is %s: 5 at once, and 5 a second", alone)
                .isLessThan((int) (1.6 * alone));
    }

    @Test
    @Order(6)
    @Requires(RedisServer.class)
    void aRedisThatIsKilledIsSaidOnceAndCostsNothingButHits() {
        redis.kill();
        for (ServerNode node : List.of(first, second)) {
            eventually("it is noticed", () -> node.admin().get("/api/v1/health").text().contains("Redis is out of reach"));
            for (int i = 0; i < 5; i++) {
                assertThat(ask(node, "How many lanterns are there by id " + i + "?").status()).isEqualTo(200);
            }
            assertThat(node.admin().get("/api/v1/health").data().path("overall_status").asText()).isEqualTo("degraded");
        }
        redis.startAgain();
        for (ServerNode node : List.of(first, second)) {
            eventually("it is back", () -> !node.admin().get("/api/v1/health").text().contains("Redis is out of reach"));
            assertThat(node.log().split("is out of reach; caches go on without it", -1)).hasSize(2);
        }
        String lamps = "Which lanterns are there?";
        within("kept again", () -> kept(first, lamps));
        within("and found", () -> lent(second, lamps, "lanterns"));
    }

    @Test
    @Order(7)
    void nothingIsLostWhenTheDatabaseIsAwayForSomeSeconds() throws Exception {
        slowTable();
        database.sql("DELETE FROM jobs").update();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add((i % 2 == 0 ? first : second).post("/queries", table.question()).path("query_id").asText());
        }
        eventually("some ended", () -> count("status = 'COMPLETED'") > 2);
        List<ServerNode> both = List.of(first, second);
        List<Duration> cpu;
        List<Long> lines;
        try (HeldTable.Hold held = table.hold()) {
            for (int i = 0; i < 8; i++) {
                ids.add((i % 2 == 0 ? first : second).post("/queries", table.question()).path("query_id").asText());
            }
            eventually("both work", () -> nodesAtWork() == 2);
            cpu = both.stream().map(ServerNode::cpu).toList();
            lines = both.stream().map(node -> node.log().lines().count()).toList();
            line.cut();
        }
        long cutAt = System.nanoTime();
        Thread.sleep(4 * A_SECOND);
        for (int i = 0; i < both.size(); i++) {
            assertThat(both.get(i).cpu().minus(cpu.get(i))).as("time of the processor within 4 s")
                    .isLessThan(Duration.ofNanos((System.nanoTime() - cutAt) * 3 / 4));
        }
        line.mend();
        eventually("all jobs ended", () -> count("finished_at IS NULL") == 0);
        for (String id : ids) {
            JsonNode job = second.admin().get("/api/v1/queries/" + id).data();
            assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
            assertThat(job.path("results").path("rows")).as(job.toString()).hasSize(2);
        }
        for (int i = 0; i < both.size(); i++) {
            List<String> logged = both.get(i).log().lines().skip(lines.get(i)).filter(text -> text.matches("[0-9:.]+ +[A-Z]+ .*"))
                    .toList();
            assertThat(logged).hasSizeLessThan(60);
            assertThat(logged).filteredOn(text -> text.contains("No jobs can be taken")).hasSizeLessThan(2);
        }
    }

    @Test
    @Order(10)
    void everyRequestIsAnsweredOnceThoughAServerIsKilled() throws Exception {
        slowTable();
        killInTheMiddleOf(REQUESTS);
    }

    @Test
    @Order(11)
    @Tag("bench")
    void everyOneOfManyRequestsIsAnsweredOnceThoughAServerIsKilled() throws Exception {
        slowTable();
        long start = System.nanoTime();
        killInTheMiddleOf(MANY_REQUESTS);
        System.out.printf("%d requests in %.1f s, a server killed meanwhile%n", MANY_REQUESTS,
                (System.nanoTime() - start) / 1e9);
    }

    /**
     * Sends requests to both servers over REST and to their queue over JMS, half of them each, kills one server when some are
     * answered, and sees what became of them all.
     */
    private void killInTheMiddleOf(int requests) throws Exception {
        database.sql("DELETE FROM jobs").update();
        int overRest = requests / 2;
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<String>> ids = new ArrayList<>();
        try (TestBroker.Client queue = broker.client()) {
            send(0, requests / 4, queue, callers, ids);
            eventually("some are answered", () -> count("status = 'COMPLETED'") > 0 && queue.answered() > 0);
            int inFlight;
            try (HeldTable.Hold held = table.hold()) {
                send(requests / 4, requests, queue, callers, ids);
                // Some ended, some run on either server, some wait, and some are not accepted yet.
                eventually("both work", () -> nodesAtWork() == 2);
                inFlight = requests - count("status = 'COMPLETED'") - queue.answered();
                killTheFirst();
            }
            assertThat(inFlight).as("requests in flight when the server was killed").isGreaterThan(requests / 4);
            Set<String> asked = new HashSet<>();
            for (Future<String> id : ids) {
                asked.add(id.get());
            }
            assertThat(asked).hasSize(overRest);
            eventually("all jobs ended", () -> count("finished_at IS NULL") == 0);
            eventually("all messages are answered", () -> queue.answered() >= requests - overRest);
            for (String id : asked) {
                JsonNode job = second.admin().get("/api/v1/queries/" + id).data();
                assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
                assertThat(job.path("results").path("rows")).as(job.toString()).hasSize(2);
            }
            Thread.sleep(A_SECOND);
            assertThat(queue.replies().keySet()).hasSize(requests - overRest);
            queue.replies().forEach((request, replies) -> {
                assertThat(replies).as(request + " is answered once").hasSize(1);
                assertThat(replies.get(0)).contains("\"status\":\"success\"").contains("\"row_count\":2");
            });
        } finally {
            callers.shutdownNow();
        }
        assertThat(count("true")).as("one job a request").isEqualTo(overRest);
        assertThat(count("result IS NOT NULL AND status = 'COMPLETED'")).isEqualTo(overRest);
        assertThat(count("attempts > 1")).as("jobs that the other server took up").isPositive();
        assertThat(database.sql("SELECT count(*) FROM query_runs r JOIN jobs j ON j.id = r.id WHERE r.status = 'COMPLETED'")
                .query(Integer.class).single()).isEqualTo(overRest);
    }

    /** Sends requests of those numbers, the even ones over REST and the others over JMS. */
    private static void send(int from, int to, TestBroker.Client queue, ExecutorService callers, List<Future<String>> ids)
            throws JMSException {
        for (int i = from; i < to; i++) {
            if (i % 2 == 0) {
                ServerNode door = i % 4 == 0 ? first : second;
                String key = UUID.randomUUID().toString();
                ids.add(callers.submit(() -> submit(door, key)));
            } else {
                queue.send("dragoman.query", "request-" + i, ServerNode.KEY, table.question());
            }
        }
    }

    private static void killTheFirst() throws InterruptedException {
        if (redis != null) {
            redis.kill();
        }
        first.kill();
    }

    /** Submits, and does so again at the other server when there is no reply, as callers do who have an idempotency key. */
    private static String submit(ServerNode door, String key) {
        ServerNode next = door;
        while (true) {
            try {
                Reply reply = next.admin().send(next.admin().to("/api/v1/queries").header("Content-Type", "application/json")
                        .header("Idempotency-Key", key).POST(BodyPublishers.ofString(table.question())));
                assertThat(reply.status()).as(reply.text()).isEqualTo(202);
                return reply.data().path("query_id").asText();
            } catch (UncheckedIOException e) {
                next = second;
            }
        }
    }

    private static void slowTable() {
        if (table == null) {
            table = HeldTable.in(first.admin(), DATABASE, "slow", "0.4");
            within("the slow table", () -> second.admin().get("/api/v1/schemas/slow").status() == 200);
        }
    }

    /** How many servers work at jobs. */
    private static int nodesAtWork() {
        return database.sql("SELECT count(DISTINCT node) FROM jobs WHERE status = 'RUNNING'").query(Integer.class).single();
    }

    private static int count(String which) {
        return database.sql("SELECT count(*) FROM jobs WHERE " + which).query(Integer.class).single();
    }

    private static String status(ServerNode node, String id) {
        return node.admin().get("/api/v1/queries/" + id).data().path("status").asText();
    }

    /** Asks without running the query. */
    private static Reply ask(ServerNode node, String question) {
        return node.admin().post("/api/v1/query", "{\"query\": \"" + question + "\", \"schema_group_id\": \"lent\"}");
    }

    /** Whether a question that was asked is known by now: asking it again is a hit. */
    private static boolean kept(ServerNode node, String question) {
        ask(node, question);
        return lent(node, question, "");
    }

    /** Whether asking gives a reply with that text, and the tables for it were known. */
    private static boolean lent(ServerNode node, String question, String text) {
        int before = hits(node);
        return ask(node, question).text().contains(text) && hits(node) > before;
    }

    private static int hits(ServerNode node) {
        Matcher lookups = Pattern.compile("schema-lookups (\\d+) of").matcher(node.admin().get("/api/v1/health").text());
        assertThat(lookups.find()).isTrue();
        return Integer.parseInt(lookups.group(1));
    }

    private static void patch(ServerNode node, String path, String json) {
        Reply reply = node.admin().send(node.admin().to("/api/v1" + path).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    /** Soon, where what the servers tell each other is the point: later they would find it out by themselves. */
    private static void within(String what, BooleanSupplier seen) {
        long deadline = System.nanoTime() + SOON.toNanos();
        eventually(what, () -> seen.getAsBoolean() || System.nanoTime() > deadline);
        assertThat(System.nanoTime()).as(what + " is seen in time").isLessThan(deadline);
    }
}
