package io.dragoman.cluster;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.storage.DatabaseServer;
import io.dragoman.storage.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChangesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final JdbcClient database = JdbcClient.create(DATABASE.dataSource());
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE.dataSource()));
    private final List<One> started = new ArrayList<>();
    private One one;
    private One other;

    /** A server as far as others notice it. */
    private record One(Node node, Nodes nodes, Changes changes, ChangeReader reader, List<Change> heard) {
    }

    @BeforeEach
    void twoServers() {
        one = server();
        other = server();
        assertThat(one.heard()).containsExactly(new Change("fruit", null, false));
        one.heard().clear();
        other.heard().clear();
    }

    @AfterEach
    void stop() {
        started.forEach(server -> server.reader().stop());
    }

    @Test
    void tellsThisServerAtOnceAndTheOthersSoon() throws Throwable {
        atLeastOnce(() -> {
            one.heard().clear();
            other.heard().clear();
            long start = System.nanoTime();
            one.changes().publish("fruit", "apple");

            assertThat(one.heard()).containsExactly(new Change("fruit", "apple", true));
            eventually(() -> !other.heard().isEmpty());
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(500);
            assertThat(other.heard()).containsExactly(new Change("fruit", "apple", false));
        });
    }

    @Test
    void tellsWhatIsCommittedAndOnceOnly() {
        transaction.executeWithoutResult(status -> {
            one.changes().publish("fruit", "pear");
            one.changes().publish("fruit", "pear");
            assertThat(one.heard()).isEmpty();
        });
        eventually(() -> !other.heard().isEmpty());

        assertThat(one.heard()).hasSize(1);
        assertThat(other.heard()).hasSize(1);
    }

    @Test
    void saysNothingOfWhatWasRolledBack() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
            one.changes().publish("fruit", "plum");
            throw new IllegalStateException("on second thoughts");
        })).hasMessage("on second thoughts");
        one.changes().publish("fruit", "fig");
        eventually(() -> !other.heard().isEmpty());

        assertThat(one.heard()).containsExactly(new Change("fruit", "fig", true));
        assertThat(other.heard()).containsExactly(new Change("fruit", "fig", false));
    }

    @Test
    void missesNoChangeThatWasBegunEarlyAndCommittedLate() {
        transaction.executeWithoutResult(status -> {
            one.changes().publish("fruit", "early");
            TransactionTemplate inner = new TransactionTemplate(transaction.getTransactionManager());
            inner.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
            inner.executeWithoutResult(within -> one.changes().publish("fruit", "late"));
            eventually(() -> !other.heard().isEmpty());
            assertThat(other.heard()).containsExactly(new Change("fruit", "late", false));
        });
        eventually(() -> other.heard().size() == 2);

        assertThat(other.heard().get(1)).isEqualTo(new Change("fruit", "early", false));
    }

    @Test
    void catchesUpAfterALostConnection() {
        database.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'dragoman changes'"
                + " AND datname = current_database()").query(Integer.class).single();
        one.changes().publish("fruit", "quince");
        eventually(() -> !other.heard().isEmpty());

        assertThat(other.heard()).containsExactly(new Change("fruit", "quince", false));
    }

    @Test
    void wakesEverybodyBySignals() {
        List<Change> woken = new CopyOnWriteArrayList<>();
        other.changes().listen("work", woken::add);
        eventually(() -> {
            one.changes().signal("work");
            return !woken.isEmpty();
        });

        assertThat(woken).contains(new Change("work", null, false));
    }

    @Test
    void aListenerThatFailsDoesNotKeepOthersFromHearing() {
        List<Change> second = new CopyOnWriteArrayList<>();
        one.changes().listen("trouble", change -> {
            throw new IllegalStateException("no");
        });
        one.changes().listen("trouble", second::add);
        one.changes().publish("trouble", null);

        assertThat(second).hasSize(1);
    }

    @Test
    void knowsWhichServersRun() {
        assertThat(one.nodes().elsewhere(other.node().id())).isTrue();
        assertThat(one.nodes().running()).hasSize(2);
        other.reader().stop();

        assertThat(one.nodes().elsewhere(other.node().id())).isFalse();
        eventually("whoever has not been seen for a while is taken for dead", () -> {
            database.sql("UPDATE nodes SET seen_at = now() - interval '1 minute'").update();
            return !other.nodes().elsewhere(one.node().id());
        });
        other.reader().start();
    }

    private One server() {
        Node node = new Node();
        Nodes nodes = new Nodes(database, node);
        Changes changes = new Changes(database, node);
        List<Change> heard = new CopyOnWriteArrayList<>();
        changes.listen("fruit", heard::add);
        ChangeReader reader = new ChangeReader(new DatabaseServer(DATABASE.url(), DATABASE.user(), "", false), database, changes,
                nodes, node);
        reader.start();
        One server = new One(node, nodes, changes, reader, heard);
        started.add(server);
        return server;
    }
}
