package io.dragoman.security;

import io.dragoman.storage.TestDatabase;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the audit log costs a request: entries of calls, which are queued, and entries of changes, which are written with them. */
@Tag("bench")
class AuditBench {

    private static final int CALLS = 40_000;
    private static final int CHANGES = 2_000;
    private static final int A_SECOND = 4_000;

    @Test
    void measures() throws InterruptedException {
        AuditLog log = new AuditLog(new JdbcTemplate(TestDatabase.fresh().dataSource()));
        CurrentCall call = new CurrentCall(new Caller(UUID.randomUUID(), "ada", Set.of(Role.ASKER), null, null, "key drg_x", null),
                "POST /api/v1/query", "0123456789abcdef", "127.0.0.1");
        for (int round = 0; round < 2; round++) {
            long[] called = new long[CALLS];
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(i) / A_SECOND - System.nanoTime());
                long before = System.nanoTime();
                log.called(call, "/query", 200, Map.of());
                called[i] = System.nanoTime() - before;
            }
            tell("a call, " + A_SECOND + "/s", called);
            long[] changed = new long[CHANGES];
            for (int i = 0; i < CHANGES; i++) {
                long before = System.nanoTime();
                call.run(() -> log.changed("user.changed", "ada", Map.of("roles", "asker")));
                changed[i] = System.nanoTime() - before;
            }
            tell("a change, in a transaction of its own", changed);
        }
        log.close();
    }

    private static void tell(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf("audit of %s: p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs%n", what, nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3, nanos[nanos.length * 999 / 1000] / 1e3);
    }
}
