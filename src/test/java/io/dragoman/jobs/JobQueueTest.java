package io.dragoman.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.cluster.Changes;
import io.dragoman.cluster.Node;
import io.dragoman.config.JobProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.jobs.Job.Outcome;
import io.dragoman.jobs.Job.Status;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import io.dragoman.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs on a real PostgreSQL, as two servers see them that have no workers. */
class JobQueueTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final JobProperties SETTINGS = new JobProperties(0, 12, 8, Duration.ofSeconds(60), Duration.ofSeconds(1),
            Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));

    private final JdbcClient database = JdbcClient.create(DATABASE.dataSource());
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE.dataSource()));
    private final JobQueue queue = new JobQueue(database, new Changes(database, new Node()), SETTINGS);
    private final JobLeases one = leases();
    private final JobLeases other = leases();
    private Caller anna;
    private Caller ben;

    private JobLeases leases() {
        Node node = new Node();
        return new JobLeases(database, new Changes(database, node), node, SETTINGS);
    }

    @BeforeEach
    void empty() {
        database.sql("DELETE FROM jobs").update();
        anna = user("anna");
        ben = user("ben");
    }

    @Test
    void everybodyTakesTurnsHoweverManyJobsSomebodyBrought() {
        for (int i = 0; i < 4; i++) {
            submit(anna, "a" + i, null, 4);
        }
        submit(ben, "b0", null, 4);
        submit(ben, "b1", null, 4);

        assertThat(takeAll()).containsExactly("a0", "b0", "a1", "b1", "a2", "a3");
    }

    @Test
    void aHigherPriorityComesFirstAmongOnesOwnAndTakesNothingFromOthers() {
        submit(anna, "low", null, 4);
        submit(anna, "lower", null, 3);
        submit(ben, "b0", null, 0);
        submit(ben, "b1", null, 0);
        submit(anna, "high", null, 9);

        assertThat(takeAll()).containsExactly("high", "b0", "low", "b1", "lower");
    }

    @Test
    void leavesTheJobsOfThoseWhoHoldEnoughOfItsWorkersToOthers() {
        Job left = submit(anna, "left", null, 4);
        take(other);
        leaseEnds();
        submit(anna, "waiting", null, 4);
        submit(ben, "b0", null, 4);

        assertThat(inTransaction(() -> one.take(List.of(), List.of(anna.userId()))).map(job -> job.caller().name())).contains("ben");
        assertThat(inTransaction(() -> one.take(List.of(), List.of(anna.userId())))).isEmpty();
        assertThat(take(one).map(Job::id)).contains(left.id());
    }

    @Test
    void refusesWhatIsMoreThanItsBounds() {
        for (int i = 0; i < 8; i++) {
            submit(anna, "a" + i, null, 4);
        }
        assertThatThrownBy(() -> submit(anna, "too many", null, 4)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(e.failure().details()).containsEntry("retry_after_s", 5).containsEntry("limit", 8);
        });
        for (int i = 0; i < 4; i++) {
            submit(ben, "b" + i, null, 4);
        }
        assertThatThrownBy(() -> submit(ben, "too many", null, 4)).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(e.failure().details()).containsEntry("limit", 12));
    }

    @Test
    void theSameKeyAndBodyAreOneJobHoweverManyComeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<UUID>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                calls.add(() -> submit(anna, "same", "key-1", 4).id());
            }
            Set<UUID> ids = new HashSet<>();
            for (Future<UUID> call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
            assertThat(ids).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        assertThatThrownBy(() -> submit(anna, "different", "key-1", 4)).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(submit(ben, "different", "key-1", 4).caller().name()).isEqualTo("ben");
    }

    @Test
    void refusesKeysAndPrioritiesThatCannotBe() {
        for (String key : List.of("", " ", "a b", "x".repeat(201), "tab\t", "ü", "\u0000")) {
            assertThatThrownBy(() -> submit(anna, "q", key, 4)).as(key).isInstanceOfSatisfying(FailureException.class,
                    e -> assertThat(e.failure().details()).containsEntry("field", "Idempotency-Key"));
        }
        for (int priority : new int[] {-1, 10}) {
            assertThatThrownBy(() -> submit(anna, "q", null, priority)).isInstanceOfSatisfying(FailureException.class,
                    e -> assertThat(e.failure().details()).containsEntry("field", "priority"));
        }
    }

    @Test
    void twoServersNeverTakeTheSameJob() throws Exception {
        for (int i = 0; i < 6; i++) {
            submit(anna, "a" + i, null, 4);
            submit(ben, "b" + i, null, 4);
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Optional<Job>>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                JobLeases server = i % 2 == 0 ? one : other;
                calls.add(() -> take(server));
            }
            List<UUID> taken = new ArrayList<>();
            for (Future<Optional<Job>> call : threads.invokeAll(calls)) {
                call.get().ifPresent(job -> taken.add(job.id()));
            }
            assertThat(taken).hasSize(12).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aServerThatLostItsLeaseWritesNothing() throws IOException {
        submit(anna, "q", null, 4);
        Job first = take(one).orElseThrow();
        assertThat(take(other)).isEmpty();
        leaseEnds();
        Job second = take(other).orElseThrow();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.fence()).isEqualTo(2);
        assertThat(second.takenUp()).isTrue();
        assertThat(one.renew(first, "[]")).isEmpty();
        Outcome late = new Outcome(Status.COMPLETED, "{\"late\":1}".getBytes(StandardCharsets.UTF_8), null, "[]");
        assertThatThrownBy(() -> one.finish(first, late)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> one.postpone(first, Duration.ZERO)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> one.require(first)).isInstanceOf(LeaseLostException.class);
        other.require(second);
        other.finish(second, new Outcome(Status.COMPLETED, "{\"right\":1}".getBytes(StandardCharsets.UTF_8), null, "[]"));
        assertThatThrownBy(() -> other.finish(second, late)).isInstanceOf(LeaseLostException.class);

        Job ended = as(anna, () -> queue.get(first.id()));
        assertThat(ended.status()).isEqualTo(Status.COMPLETED);
        assertThat(queue.result(ended).orElseThrow().readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("{\"right\":1}");
    }

    @Test
    void aLeaseThatIsRenewedIsKeptAndABusyServerDoesNotTakeItsOwnJobTwice() {
        submit(anna, "q", null, 4);
        Job job = take(one).orElseThrow();
        leaseEnds();
        assertThat(inTransaction(() -> one.take(List.of(job.id()), List.of()))).isEmpty();
        assertThat(one.renew(job, "[]")).contains(false);
        assertThat(take(other)).isEmpty();
    }

    @Test
    void aCancelledJobIsNotTakenAndARunningOneIsTold() {
        Job waiting = submit(anna, "waiting", null, 4);
        assertThat(as(anna, () -> queue.cancel(waiting.id())).status()).isEqualTo(Status.CANCELLED);
        assertThat(take(one)).isEmpty();

        submit(anna, "running", null, 4);
        Job running = take(one).orElseThrow();
        assertThat(as(anna, () -> queue.cancel(running.id())).cancelRequested()).isTrue();
        assertThat(one.renew(running, "[]")).contains(true);
        one.finish(running, new Outcome(Status.CANCELLED, null, null, "[]"));
        assertThat(as(anna, () -> queue.cancel(running.id())).status()).isEqualTo(Status.CANCELLED);
        Job ended = submit(anna, "ended", null, 4);
        one.finish(take(one).orElseThrow(), new Outcome(Status.COMPLETED, "{}".getBytes(StandardCharsets.UTF_8), null, "[]"));
        assertThatThrownBy(() -> as(anna, () -> queue.cancel(ended.id()))).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void whatStrangersAskIsNotThere() {
        Job job = submit(anna, "q", null, 4);
        for (Supplier<?> call : List.<Supplier<?>>of(() -> queue.get(job.id()), () -> queue.cancel(job.id()),
                () -> queue.remove(job.id()))) {
            assertThatThrownBy(() -> as(ben, call)).isInstanceOfSatisfying(FailureException.class,
                    e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
        assertThat(as(ben, () -> queue.list(null, 10, 0))).isEmpty();
        assertThat(as(anna, () -> queue.list(Status.QUEUED, 10, 0))).hasSize(1);
        assertThat(as(anna, () -> queue.count(Status.RUNNING))).isZero();
    }

    @Test
    void aReleasedJobCountsNoAttemptAndAPostponedOneWaits() {
        submit(anna, "q", null, 4);
        Job first = take(one).orElseThrow();
        inTransaction(() -> {
            one.release(first);
            return null;
        });
        Job second = take(other).orElseThrow();
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.fence()).isEqualTo(2);
        other.postpone(second, Duration.ofMinutes(5));
        assertThat(take(one)).isEmpty();
    }

    @Test
    void removesOldJobsAndKeepsTheOthers() {
        Job old = submit(anna, "old", null, 4);
        one.finish(take(one).orElseThrow(), new Outcome(Status.FAILED, null, "{\"message\":\"a\\u0000b\"}", "[]"));
        Job young = submit(anna, "young", null, 4);
        one.finish(take(one).orElseThrow(), new Outcome(Status.COMPLETED, "{}".getBytes(StandardCharsets.UTF_8), null, "[]"));
        database.sql("UPDATE jobs SET finished_at = now() - interval '61 minutes' WHERE id = ?").param(old.id()).update();

        assertThat(one.cleanUp()).isEqualTo(1);
        assertThat(as(anna, () -> queue.get(young.id())).status()).isEqualTo(Status.COMPLETED);
        assertThat(as(anna, () -> queue.remove(young.id()))).isEmpty();
        assertThat(as(anna, () -> queue.count(null))).isZero();
    }

    private List<String> takeAll() {
        List<String> order = new ArrayList<>();
        for (Optional<Job> job = take(one); job.isPresent(); job = take(one)) {
            order.add(job.get().question().replaceAll("[^a-z0-9]", "").substring("query".length()));
        }
        return order;
    }

    private Job submit(Caller caller, String question, String key, int priority) {
        return as(caller, () -> queue.submit(new Job.Draft(UUID.randomUUID(), "trace", "{\"query\": \"" + question + "\"}", key,
                priority)));
    }

    private Optional<Job> take(JobLeases server) {
        return inTransaction(() -> server.take(List.of(), List.of()));
    }

    /** On behalf of that caller, in a transaction as Spring would make one. */
    private <T> T as(Caller caller, Supplier<T> work) {
        return new CurrentCall(caller, "test", "trace", null).supply(() -> inTransaction(work));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }

    private void leaseEnds() {
        database.sql("UPDATE jobs SET lease_until = now() - interval '1 second' WHERE status = 'RUNNING'").update();
    }

    private Caller user(String name) {
        UUID id = database.sql("INSERT INTO users (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET updated_at = now()"
                + " RETURNING id").param(name).query(UUID.class).single();
        return new Caller(id, name, Set.of(Role.ASKER), null, null, "key drg_x", null);
    }
}
