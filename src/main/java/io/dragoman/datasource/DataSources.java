package io.dragoman.datasource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.cluster.Changes;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Service;

/** The datasources that are configured, for administrators to change, and live connectors to them. Thread-safe. */
@Service
public class DataSources {

    /** So long a datasource is remembered; a change is seen sooner. */
    private static final Duration SHOWN_FOR = Duration.ofSeconds(5);

    private static final String CHANGES = "data_source";

    /** So long a database that is out of reach is left alone before its health is asked for again. */
    private static final Duration LOOKED_AGAIN_AFTER = Duration.ofSeconds(10);

    private final DataSourceStore store;
    private final DataSourceRules rules;
    private final Changes changes;
    private final Map<String, ConnectorFactory> factories = new TreeMap<>();
    private final Cache<String, Optional<DataSourceDefinition>> found = Caffeine.newBuilder().maximumSize(1_000)
            .expireAfterWrite(SHOWN_FOR).build();
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    DataSources(DataSourceStore store, DataSourceRules rules, List<ConnectorFactory> factories, Changes changes) {
        this.store = store;
        this.rules = rules;
        this.changes = changes;
        factories.forEach(factory -> this.factories.put(factory.dialect(), factory));
        changes.listen(CHANGES, change -> forget(change.key() == null ? null : UUID.fromString(change.key())));
    }

    private record Open(DataSourceDefinition definition, Reachability connector) {
    }

    /** The datasource of that id or unique name, without secrets; empty when there is none that the present caller sees. */
    public Optional<DataSourceDefinition> find(String idOrName) {
        return idOrName.length() > DataSourceRules.LONGEST_NAME ? Optional.empty() : found.get(idOrName, this::read)
                .filter(source -> CurrentCall.current().seesDataSource(source.name()));
    }

    private Optional<DataSourceDefinition> read(String idOrName) {
        return DataSourceRules.uuid(idOrName).map(store::byId).orElseGet(() -> store.byName(idOrName));
    }

    /** Datasources that the present caller sees, in the order of their names, without secrets. */
    public List<DataSourceDefinition> list(int limit, int offset) {
        return store.page(seen(), limit, offset);
    }

    /** How many datasources the present caller sees. */
    public long count() {
        return store.count(seen());
    }

    /** The names of the datasources that the present caller sees; null for all. */
    private static String[] seen() {
        Caller caller = CurrentCall.current();
        Set<String> names = caller.dataSources() == null ? caller.schemaGroups() : caller.dataSources();
        return names == null ? null : names.toArray(String[]::new);
    }

    /**
     * Stores a new datasource. Nothing is connected yet.
     *
     * @throws FailureException when a field is missing, too long or not allowed
     * @throws FailureException when the name is taken
     */
    public DataSourceDefinition create(DataSourceRequest request) {
        CurrentCall.current().require(Role.ADMIN);
        DataSourceRules.Checked checked = rules.create(request, factories);
        store.insert(checked.definition(), checked.secrets());
        changes.publish(CHANGES, checked.definition().id().toString());
        return checked.definition();
    }

    /**
     * Changes a datasource; open connections are closed. The name and the dialect stay. When the URL or the user changes
     * and no password comes with it, the stored secrets are forgotten, so that they cannot be sent to another server.
     *
     * @throws FailureException when a field is too long or not allowed
     */
    public DataSourceDefinition update(DataSourceDefinition current, DataSourceRequest changes) {
        CurrentCall.current().require(Role.ADMIN);
        DataSourceRules.Checked checked = rules.change(current, () -> store.secrets(current.id()), changes, factories);
        store.update(checked.definition(), checked.secrets());
        this.changes.publish(CHANGES, current.id().toString());
        return checked.definition();
    }

    /**
     * Stores where the same database is now, for one that belongs to this server. Its secrets stay.
     *
     * @throws FailureException when the URL is not allowed
     */
    public DataSourceDefinition relocate(DataSourceDefinition current, String url) {
        String address = factory(current).address(url, DataSourceDefinition.connectorOptions(current.options())).url();
        DataSourceDefinition moved = new DataSourceDefinition(current.id(), current.name(), current.dialect(), address,
                current.user(), current.options(), current.description());
        store.update(moved, store.secrets(current.id()));
        changes.publish(CHANGES, current.id().toString());
        return moved;
    }

    /** Removes a datasource; open connections are closed. The database itself is not touched. */
    public boolean delete(DataSourceDefinition definition) {
        CurrentCall.current().require(Role.ADMIN);
        boolean deleted = store.delete(definition);
        changes.publish(CHANGES, definition.id().toString());
        return deleted;
    }

    /**
     * A connector to the datasource, opened at the first call and kept.
     *
     * @throws Connector.UnavailableException when the database cannot be reached
     */
    public Connector connector(DataSourceDefinition definition) {
        return open.compute(definition.id(), (id, current) -> {
            if (current != null && current.definition().equals(definition)) {
                return current;
            }
            if (current != null) {
                current.connector().close();
            }
            return new Open(definition, new Reachability(factory(definition).open(definition, store.secrets(id))));
        }).connector();
    }

    /** How many of the datasources are in use here, and how many of those could not be reached when they were last asked. */
    public InUse inUse() {
        List<Reachability> connectors = open.values().stream().map(Open::connector).toList();
        List<Reachability> lost = connectors.stream().filter(connector -> !connector.reached()).toList();
        if (!lost.isEmpty() && looking.compareAndSet(false, true)) {
            Thread look = new Thread(() -> lookAgain(lost), "datasource-reachability");
            look.setDaemon(true);
            look.start();
        }
        return new InUse(connectors.size(), lost.size());
    }

    /** Asks databases that could not be reached, so that it is known when they are back; not more often than is said here. */
    private void lookAgain(List<Reachability> lost) {
        for (Reachability connector : lost) {
            try {
                connector.ping();
            } catch (FailureException e) {
                // It is still out of reach, which it remembers itself.
                continue;
            }
        }
        try {
            Thread.sleep(LOOKED_AGAIN_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        looking.set(false);
    }

    /**
     * Datasources that are connected to.
     *
     * @param count       how many
     * @param unreachable how many of them could not be reached
     */
    public record InUse(int count, int unreachable) {
    }

    private ConnectorFactory factory(DataSourceDefinition definition) {
        ConnectorFactory factory = factories.get(definition.dialect());
        if (factory == null) {
            throw new Connector.UnavailableException("The datasource '" + definition.name() + "' is for "
                    + definition.dialect() + ", which this version cannot connect to", null);
        }
        return factory;
    }

    /** Reads anew what is there, and connects anew to the one that changed; without an id, to all of them. */
    private void forget(UUID id) {
        found.invalidateAll();
        for (UUID one : id == null ? List.copyOf(open.keySet()) : List.of(id)) {
            Open closed = open.remove(one);
            if (closed != null) {
                closed.connector().close();
            }
        }
    }

    @PreDestroy
    void close() {
        forget(null);
    }
}
