package io.dragoman.cache;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.config.CacheProperties.Layer;
import io.dragoman.config.RedisProperties;
import io.dragoman.testing.RedisServer;
import io.dragoman.testing.Requires;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

/** Two servers share values through a real Redis, which is killed, frozen and written to by a stranger. */
@Requires(RedisServer.class)
@ExtendWith(OutputCaptureExtension.class)
class SharedCacheTest {

    private static final Layer LAYER = new Layer(Duration.ofMinutes(5), DataSize.ofMegabytes(1), true);
    /** A busy machine is no Redis that hangs. */
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final String SECRET = "a secret that both servers have";

    private final List<Caches> started = new java.util.ArrayList<>();
    private RedisServer redis;

    record Value(String text, int number) {
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stop() {
        started.forEach(Caches::close);
        redis.close();
    }

    private Caches caches(RedisProperties settings, String secret) {
        Caches caches = new Caches(settings, secret, null);
        started.add(caches);
        return caches;
    }

    private static RedisProperties at(String url) {
        return at(url, PATIENT);
    }

    private static RedisProperties at(String url, Duration timeout) {
        return new RedisProperties(url, "", "", "", timeout, DataSize.ofKilobytes(100));
    }

    private NamedCache<Value> node(String secret, Layer layer) {
        Caches caches = caches(at(redis.url()), secret);
        eventually(() -> !caches.sharedOutOfReach());
        return cache(caches, layer);
    }

    private static NamedCache<Value> cache(Caches caches, Layer layer) {
        return caches.create("test", layer, value -> 2 * value.text().length(), JsonForm.of(Value.class));
    }

    @Test
    void whatOneServerKeptAnotherFinds() {
        NamedCache<Value> one = node(SECRET, LAYER);
        NamedCache<Value> other = node(SECRET, LAYER);
        one.put("question", new Value("Grüße 'quoted' \u0000", 7));
        eventually(() -> other.getIfPresent("question") != null);
        assertThat(other.getIfPresent("question")).isEqualTo(new Value("Grüße 'quoted' \u0000", 7));
        assertThat(other.figures().sharedHits()).isEqualTo(1);
        assertThat(other.figures().hits()).isEqualTo(1);
        one.invalidate("question");
        eventually(() -> redis.command("DBSIZE").startsWith(":0"));
        assertThat(node(SECRET, LAYER).getIfPresent("question")).isNull();
    }

    @Test
    void anEntryThatIsTakenOverGetsNoOlderThanItMay() throws Throwable {
        Layer brief = new Layer(Duration.ofMillis(2_000), DataSize.ofMegabytes(1), true);
        NamedCache<Value> one = node(SECRET, brief);
        NamedCache<Value> other = node(SECRET, brief);
        one.getIfPresent("derives the key");
        other.getIfPresent("derives the key");
        atLeastOnce(() -> {
            long made = System.nanoTime();
            one.put("question", new Value("old", 1));
            TimeUnit.MILLISECONDS.sleep(800);
            assertThat(other.getIfPresent("question")).isNotNull();
            TimeUnit.MILLISECONDS.sleep(Math.max(0, 2_050 - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - made)));
            assertThat(other.getIfPresent("question")).isNull();
        });
        eventually(() -> redis.command("KEYS *").startsWith("*0"));
    }

    @Test
    void whoReadsRedisLearnsNothingAndWhoWritesThereChangesNothing(CapturedOutput log) {
        NamedCache<Value> one = node(SECRET, LAYER);
        one.put("how much does Alice earn", new Value("forty two thousand", 42));
        one.put("another", new Value("other value", 1));
        eventually(() -> redis.command("DBSIZE").startsWith(":2"));
        String keys = redis.command("KEYS *");
        assertThat(keys).contains("dragoman:test:").doesNotContain("Alice").doesNotContain("another");
        String[] names = keys.lines().filter(line -> line.startsWith("dragoman:")).toArray(String[]::new);
        assertThat(redis.command("GET " + names[0]) + redis.command("GET " + names[1])).doesNotContain("forty")
                .doesNotContain("other value").doesNotContain("number");
        redis.command("COPY " + names[0] + " " + names[1] + " REPLACE");
        redis.command("COPY " + names[1] + " " + names[0] + " REPLACE");
        NamedCache<Value> swapped = node(SECRET, LAYER);
        Value first = swapped.getIfPresent("how much does Alice earn");
        Value second = swapped.getIfPresent("another");
        assertThat(java.util.stream.Stream.of(first == null, second == null).filter(gone -> gone).count())
                .as("one of the two was moved to the other's key").isEqualTo(1);
        redis.command("SET " + names[0] + " '{\"text\":\"made up\",\"number\":1}'");
        redis.command("SET " + names[1] + " \"\\xac\\xed\\x00\\x05sr\"");
        NamedCache<Value> madeUp = node(SECRET, LAYER);
        assertThat(madeUp.getIfPresent("how much does Alice earn")).isNull();
        assertThat(madeUp.getIfPresent("another")).isNull();
        assertThat(log.getOut()).contains("is none of ours");
    }

    @Test
    void serversWithOtherSecretsDoNotReadEachOther() {
        node(SECRET, LAYER).put("question", new Value("mine", 1));
        eventually(() -> redis.command("DBSIZE").startsWith(":1"));
        assertThat(node("another secret", LAYER).getIfPresent("question")).isNull();
        assertThat(node("", LAYER).getIfPresent("question")).isNull();
    }

    @Test
    void aCacheThatIsNotSharedAndAValueThatIsTooLargeStayInTheProcess() {
        NamedCache<Value> own = node(SECRET, new Layer(Duration.ofMinutes(5), DataSize.ofMegabytes(1), false));
        NamedCache<Value> shared = node(SECRET, LAYER);
        own.put("question", new Value("rows", 1));
        shared.put("large", new Value("x".repeat(200_000), 1));
        shared.put("small", new Value("x", 1));
        eventually(() -> redis.command("DBSIZE").startsWith(":1"));
        assertThat(own.getIfPresent("question")).isNotNull();
        assertThat(shared.getIfPresent("large")).isNotNull();
    }

    @Test
    void aRedisThatIsKilledCostsNothingButHitsAndComesBackByItself(CapturedOutput log) {
        NamedCache<Value> one = node(SECRET, LAYER);
        one.put("kept", new Value("here", 1));
        redis.kill();
        for (int i = 0; i < 300; i++) {
            one.put("new " + i, new Value("value", i));
            assertThat(one.getIfPresent("nowhere " + i)).isNull();
        }
        assertThat(one.getIfPresent("kept")).isNotNull();
        eventually(started.get(0)::sharedOutOfReach);
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            one.getIfPresent("nowhere " + i);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        redis.startAgain();
        eventually(() -> !started.get(0).sharedOutOfReach());
        one.put("after", new Value("back", 1));
        eventually(() -> redis.command("DBSIZE").startsWith(":1"));
        assertThat(node(SECRET, LAYER).getIfPresent("after")).isEqualTo(new Value("back", 1));
        assertThat(log.getOut().split("is out of reach", -1)).hasSize(2);
    }

    @Test
    void aRedisThatHangsCostsOneWait() {
        Caches caches = caches(at(redis.url(), Duration.ofMillis(200)), SECRET);
        eventually(() -> !caches.sharedOutOfReach());
        NamedCache<Value> one = cache(caches, LAYER);
        one.put("first", new Value("derives the key", 1));
        redis.freeze();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                assertThat(one.getIfPresent("nowhere " + i)).isNull();
                one.put("new " + i, new Value("value", i));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        } finally {
            redis.thaw();
        }
        eventually(() -> !started.get(0).sharedOutOfReach());
    }

    @Test
    void thePasswordIsUsedAndNeverSaid(CapturedOutput log) {
        redis.command("ACL SETUSER dragoman on >secret-of-redis ~dragoman:* +@all");
        redis.command("ACL SETUSER default off");
        String host = "127.0.0.1:" + redis.port();
        Caches right = caches(new RedisProperties("redis://" + host, "dragoman", "secret-of-redis", "", PATIENT,
                DataSize.ofKilobytes(100)), SECRET);
        Caches inUrl = caches(at("redis://dragoman:secret-of-redis@" + host + "/0"), SECRET);
        Caches wrong = caches(at("redis://dragoman:wrong-secret-of-redis@" + host), SECRET);
        eventually(() -> !right.sharedOutOfReach() && !inUrl.sharedOutOfReach());
        NamedCache<Value> one = cache(right, LAYER);
        one.put("question", new Value("kept", 1));
        NamedCache<Value> other = cache(inUrl, LAYER);
        eventually(() -> other.getIfPresent("question") != null);
        eventually(() -> log.getOut().contains("is out of reach"));
        assertThat(wrong.sharedOutOfReach()).isTrue();
        assertThat(log.getOut()).doesNotContain("secret-of-redis");
        assertThatThrownBy(() -> caches(at("redis://user:secret-of-redis@:99999999/x"), SECRET))
                .hasMessageContaining("dragoman.redis.url").hasMessageNotContaining("secret-of-redis");
        assertThat(at("redis://user:secret-of-redis@host").toString()).doesNotContain("secret");
    }

    @Test
    void speaksTlsWithARedisThatATrustedAuthorityVouchesForAndWithNoOther(@TempDir Path folder) throws Exception {
        assertThat(new ProcessBuilder("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=redis", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out",
                "cert.pem").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor()).isZero();
        String cert = folder.resolve("cert.pem").toString();
        try (RedisServer tls = RedisServer.startTls(cert, folder.resolve("key.pem").toString())) {
            Caches one = caches(new RedisProperties(tls.url(), "", "", cert, PATIENT, DataSize.ofKilobytes(100)), SECRET);
            Caches other = caches(new RedisProperties(tls.url(), "", "", cert, PATIENT, DataSize.ofKilobytes(100)), SECRET);
            Caches suspicious = caches(at(tls.url()), SECRET);
            eventually(() -> !one.sharedOutOfReach() && !other.sharedOutOfReach());
            cache(one, LAYER).put("question", new Value("over TLS", 1));
            NamedCache<Value> found = cache(other, LAYER);
            eventually(() -> found.getIfPresent("question") != null);
            assertThat(suspicious.sharedOutOfReach()).as("nobody it trusts vouches for that Redis").isTrue();
        }
        assertThatThrownBy(() -> caches(new RedisProperties("rediss://127.0.0.1", "", "", "no-such.pem", PATIENT,
                DataSize.ofKilobytes(100)), SECRET)).hasMessageContaining("dragoman.redis.ca-file");
    }
}
