package io.dragoman.security;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dragoman.config.DragomanProperties;
import io.dragoman.storage.TestDatabase;
import jakarta.validation.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Servers on one database hold the limits of calls together, and each by itself when the database is away. */
class SharedLimitsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final List<RateLimits> servers = new java.util.ArrayList<>();
    private HikariDataSource connections;

    @BeforeEach
    void connect() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(DATABASE.dataSource());
        config.setConnectionTimeout(500);
        config.setMaximumPoolSize(4);
        connections = new HikariDataSource(config);
    }

    @AfterEach
    void stop() {
        servers.forEach(RateLimits::close);
        connections.close();
    }

    private static DragomanProperties settings(String shared, String queue, String longestWait) {
        Map<String, String> settings = Map.of("dragoman.data-dir", "target", "dragoman.db.url", "jdbc:postgresql://elsewhere/x",
                "dragoman.security.limits.per-key", "100", "dragoman.security.limits.queue", queue,
                "dragoman.security.limits.longest-wait", longestWait,
                "dragoman.security.limits.shared", shared, "dragoman.security.limits.calls", "3");
        return new Binder(new MapConfigurationPropertySource(settings)).bind("dragoman", DragomanProperties.class).get();
    }

    private RateLimits server(String shared) {
        return server(settings(shared, "0", "2s"));
    }

    private RateLimits server(DragomanProperties settings) {
        RateLimits limits = new RateLimits(settings, new JdbcTemplate(connections));
        servers.add(limits);
        return limits;
    }

    private static Caller caller() {
        return new Caller(UUID.randomUUID(), "somebody", Set.of(Role.ASKER), null, null, "key test", null);
    }

    /**
     * How many times as many calls all servers let through as one by itself may, which is 100 at once and 100 a second, while
     * everybody asks as fast as a server is asked.
     */
    private double through(Caller caller, Duration during) {
        long start = System.nanoTime();
        int calls = servers.stream().map(server -> CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (System.nanoTime() - start < during.toNanos()) {
                CompletableFuture<Void> turn = server.turn(caller, "10.0.0.1");
                count += turn == null ? 1 : 0;
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
            }
            return count;
        }, work -> new Thread(work).start())).toList().stream().mapToInt(CompletableFuture::join).sum();
        return calls / (100 + 100 * (System.nanoTime() - start) / 1e9);
    }

    @Test
    void threeServersLetThroughLittleMoreThanOne() throws Throwable {
        IntStream.range(0, 3).forEach(i -> server("50ms"));
        // Before they know of each other each lets 100 through at once.
        atLeastOnce(() -> assertThat(through(caller(), Duration.ofSeconds(3))).isBetween(0.75, 2.0));
    }

    @Test
    void serversThatDoNotShareLetThroughTheirOwnShareEach() throws Throwable {
        IntStream.range(0, 3).forEach(i -> server("0"));
        atLeastOnce(() -> assertThat(through(caller(), Duration.ofSeconds(1))).isGreaterThan(2.5));
    }

    @Test
    void otherCallersAreNotHeldUp() {
        IntStream.range(0, 2).forEach(i -> server("50ms"));
        Caller greedy = caller();
        through(greedy, Duration.ofSeconds(1));
        assertThat(IntStream.range(0, 500).mapToObj(i -> servers.get(0).turn(greedy, "10.0.0.2")).filter(turn -> turn != null))
                .isNotEmpty();
        assertThat(servers.get(0).turn(caller(), "10.0.0.3")).isNull();
    }

    @Test
    void aDatabaseThatIsAwayLeavesEachServerToItself() throws Throwable {
        RateLimits server = server("50ms");
        connections.close();
        atLeastOnce(() -> assertThat(through(caller(), Duration.ofSeconds(1))).isBetween(0.5, 1.25));
        assertThat(server.turn(caller(), "10.0.0.9")).isNull();
    }

    @Test
    void aWaitThatCannotBeScheduledTakesNobodysPlace() {
        RateLimits server = server(settings("0", "2", "300000d"));
        Caller greedy = new Caller(UUID.randomUUID(), "somebody", Set.of(Role.ASKER), null, null, "key test", 1);
        server.turn(greedy, "10.0.0.1");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> server.turn(greedy, "10.0.0.1")).as("call %s", i).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void aWaitOfNothingIsRefusedAtTheStart() {
        assertThat(Validation.buildDefaultValidatorFactory().getValidator().validate(settings("0", "2", "0s").security().limits()))
                .singleElement().extracting(wrong -> wrong.getPropertyPath().toString()).isEqualTo("longestWait");
    }

    @Test
    void aServerTakesNoMoreCallsAtOnceThanItHasRoomFor() {
        RateLimits server = server("0");
        assertThat(server.admit()).isNull();
        assertThat(server.admit()).isNull();
        assertThat(server.admit()).isNull();
        assertThat(server.admit().failure().details()).containsEntry("retry_after_s", 1L);
        server.ended();
        assertThat(server.admit()).isNull();
    }
}
