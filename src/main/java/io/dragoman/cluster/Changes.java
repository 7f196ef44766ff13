package io.dragoman.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells listeners on this and all other servers of the same database what changed; see the package. Thread-safe. */
@Service
public class Changes {

    /** The channel that wakes those who read {@code changes}. */
    static final String CHANNEL = "dragoman_changes";

    /** The channel of what is only said, not kept. */
    static final String SIGNALS = "dragoman_signals";

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final JdbcClient database;
    private final Node node;
    private final Map<String, List<Consumer<Change>>> listeners = new ConcurrentHashMap<>();

    /** Tells of changes in that database, as made by that server. */
    public Changes(JdbcClient database, Node node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Hears of changes from now on. A listener returns quickly, and does no harm when it is called once too often.
     *
     * @param kind what to hear of
     */
    public void listen(String kind, Consumer<Change> listener) {
        listeners.computeIfAbsent(kind, key -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /**
     * Says that something changed, as part of the present transaction when there is one. Said more than once in a
     * transaction, it is told once.
     *
     * @param kind what, 1 to 100 characters
     * @param key  which one; null for any or all of them
     */
    public void publish(String kind, String key) {
        Change change = new Change(kind, key, true);
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            write(change);
            tell(change);
            return;
        }
        Announcement announcement = new Announcement(change, this);
        if (!TransactionSynchronizationManager.getSynchronizations().contains(announcement)) {
            write(change);
            TransactionSynchronizationManager.registerSynchronization(announcement);
        }
    }

    /**
     * Wakes listeners, here and elsewhere, once the present transaction is committed. It is not kept: who is not connected at
     * that moment hears nothing, so listeners look for themselves from time to time as well. Nobody learns who said it.
     */
    public void signal(String kind) {
        database.sql("SELECT pg_notify('" + SIGNALS + "', ?)").param(kind).query((row, number) -> kind).single();
    }

    private void write(Change change) {
        database.sql("WITH kept AS (INSERT INTO changes (node, kind, key) VALUES (?, ?, ?)) SELECT pg_notify('" + CHANNEL
                + "', '')").params(node.id(), change.kind(), change.key()).query((row, number) -> "").single();
    }

    /** Calls the listeners of this server; one that fails does not keep the others from hearing. */
    void tell(Change change) {
        for (Consumer<Change> listener : listeners.getOrDefault(change.kind(), List.of())) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.warn("What listens to changes of '{}' failed: {}", change.kind(), e.toString());
            }
        }
    }

    /** Something may have been missed: everything may have changed. */
    void tellOfEverything() {
        listeners.keySet().forEach(kind -> tell(new Change(kind, null, false)));
    }

    private record Announcement(Change change, Changes changes) implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            changes.tell(change);
        }
    }
}
