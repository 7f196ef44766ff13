package io.dragoman.cluster;

import io.dragoman.storage.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Reads what other servers changed, on a connection of its own: at each notification, and each second in any case, so that
 * neither a lost connection nor a proxy that passes no notifications leaves this server behind.
 */
@Component
class ChangeReader implements SmartLifecycle {

    /** Before the samples and whatever else begins to work. */
    static final int PHASE = -1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
    private static final int LOOK_EVERY_MS = 1_000;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration TRUSTED = KEPT.dividedBy(2);
    private static final String TIMEOUT_S = "10";
    /** The mark is the oldest transaction that was going on: whatever is committed later has its number or a later one. */
    private static final String READ = """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS mark, c.id, c.node::text AS node, c.kind, c.key
            FROM (SELECT 1) AS one LEFT JOIN changes c ON c.xact >= ?::xid8
            ORDER BY c.id""";

    private final DatabaseServer server;
    private final JdbcClient database;
    private final Changes changes;
    private final Nodes nodes;
    private final Node here;
    private volatile Thread thread;
    private volatile boolean stopping;
    private String mark;
    private Set<Long> told = new HashSet<>();
    private long readAt;
    private long beatAt;

    ChangeReader(DatabaseServer server, JdbcClient database, Changes changes, Nodes nodes, Node here) {
        this.server = server;
        this.database = database;
        this.changes = changes;
        this.nodes = nodes;
        this.here = here;
    }

    @Override
    public void start() {
        stopping = false;
        nodes.beat();
        mark = database.sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text").query(String.class).single();
        readAt = System.nanoTime();
        changes.tellOfEverything();
        thread = new Thread(this::work, "cluster-changes");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        stopping = true;
        Thread worker = thread;
        thread = null;
        try {
            worker.join(2L * LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void work() {
        boolean lost = false;
        while (!stopping) {
            try (Connection connection = connect()) {
                if (lost) {
                    LOG.info("The connection that hears of other servers' changes is back");
                    lost = false;
                }
                follow(connection);
            } catch (SQLException | RuntimeException e) {
                if (!lost && !stopping) {
                    LOG.warn("The connection that hears of other servers' changes was lost: {}", e.getMessage());
                    lost = true;
                }
                pause();
            }
        }
    }

    private void follow(Connection connection) throws SQLException {
        PGConnection notified = connection.unwrap(PGConnection.class);
        try (Statement listen = connection.createStatement()) {
            listen.execute("LISTEN " + Changes.CHANNEL);
            listen.execute("LISTEN " + Changes.SIGNALS);
        }
        while (!stopping) {
            read(connection);
            beat(connection);
            PGNotification[] heard = notified.getNotifications(LOOK_EVERY_MS);
            Set<String> signals = new HashSet<>();
            for (PGNotification one : heard == null ? new PGNotification[0] : heard) {
                if (one.getName().equals(Changes.SIGNALS)) {
                    signals.add(one.getParameter());
                }
            }
            signals.forEach(kind -> changes.tell(new Change(kind, null, false)));
        }
        nodes.leave(own(connection));
    }

    /** Tells of what was committed since the last time. */
    private void read(Connection connection) throws SQLException {
        boolean late = System.nanoTime() - readAt > TRUSTED.toNanos();
        List<Change> fresh = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        String next = null;
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, mark);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    next = rows.getString("mark");
                    long id = rows.getLong("id");
                    if (!rows.wasNull()) {
                        seen.add(id);
                        if (!told.contains(id) && !here.id().toString().equals(rows.getString("node"))) {
                            fresh.add(new Change(rows.getString("kind"), rows.getString("key"), false));
                        }
                    }
                }
            }
        }
        mark = next;
        told = seen;
        readAt = System.nanoTime();
        if (late) {
            changes.tellOfEverything();
        } else {
            fresh.stream().distinct().forEach(changes::tell);
        }
    }

    private void beat(Connection connection) {
        if (beatAt != 0 && System.nanoTime() - beatAt < Nodes.BEAT.toNanos()) {
            return;
        }
        JdbcClient own = own(connection);
        nodes.beat(own);
        own.sql("DELETE FROM changes WHERE at < now() - interval '" + KEPT.toSeconds() + " seconds'").update();
        beatAt = System.nanoTime();
    }

    private static JdbcClient own(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        if (!server.user().isBlank()) {
            login.setProperty("user", server.user());
            login.setProperty("password", server.password());
        }
        login.setProperty("ApplicationName", "dragoman changes");
        login.setProperty("connectTimeout", TIMEOUT_S);
        login.setProperty("socketTimeout", TIMEOUT_S);
        login.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(server.url(), login);
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
