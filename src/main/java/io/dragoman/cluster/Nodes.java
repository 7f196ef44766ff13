package io.dragoman.cluster;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The servers on this database. Thread-safe. */
@Service
public class Nodes {

    /** How often a server says that it runs. */
    static final Duration BEAT = Duration.ofSeconds(3);

    /** After so long without a beat a server is taken for dead. */
    private static final String DEAD_AFTER = "12 seconds";

    private final JdbcClient database;
    private final Node here;

    Nodes(JdbcClient database, Node here) {
        this.database = database;
        this.here = here;
    }

    /** Whether that is another server, and runs. */
    public boolean elsewhere(UUID node) {
        return !here.id().equals(node) && database.sql("SELECT count(*) FROM nodes WHERE id = ? AND seen_at > now() - interval '"
                + DEAD_AFTER + "'").param(node).query(Integer.class).single() > 0;
    }

    /** The names of the servers that run, those that started first first. */
    public List<String> running() {
        return database.sql("SELECT name FROM nodes WHERE seen_at > now() - interval '" + DEAD_AFTER
                + "' ORDER BY started_at, id").query(String.class).list();
    }

    /** Says that this server runs. */
    void beat() {
        beat(database);
    }

    /** The same on a connection that nobody else uses, so that a busy server is not taken for dead. */
    void beat(JdbcClient own) {
        own.sql("INSERT INTO nodes (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET seen_at = now()")
                .params(here.id(), here.name()).update();
        own.sql("DELETE FROM nodes WHERE seen_at < now() - interval '1 hour'").update();
    }

    /** Says that this server stops. */
    void leave(JdbcClient own) {
        own.sql("DELETE FROM nodes WHERE id = ?").param(here.id()).update();
    }
}
