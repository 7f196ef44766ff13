package io.dragoman.schema;

import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Service;

/**
 * Reads schema groups as snapshots. A snapshot is kept until its group changes: changes of this server are seen at once,
 * those of others on the same database within a second. Thread-safe.
 */
@Service
public class SchemaGroups {

    private static final long CHECK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final SchemaReader reader;
    private final Map<UUID, SchemaGroup> snapshots = new ConcurrentHashMap<>();
    private final Map<UUID, Object> loading = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile Index index;

    SchemaGroups(SchemaReader reader) {
        this.reader = reader;
    }

    /** The group of that id or unique name; empty when there is none that the present caller sees. */
    public Optional<SchemaGroup> find(String idOrName) {
        SchemaReader.Version version = idOrName == null ? null : index().of(idOrName);
        if (version == null || !CurrentCall.current().sees(version.name())) {
            return Optional.empty();
        }
        SchemaGroup kept = snapshots.get(version.id());
        if (kept != null && kept.version() >= version.version()) {
            return Optional.of(kept);
        }
        return load(version);
    }

    /** The names of all groups that the present caller sees, in alphabetical order. */
    public List<String> names() {
        Caller caller = CurrentCall.current();
        return index().byName().keySet().stream().filter(caller::sees).toList();
    }

    /** Forgets what is known of versions, so that the next call asks the database. Other listeners come after. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void groupChanged(SchemaGroupChanged change) {
        changes.incrementAndGet();
    }

    private Optional<SchemaGroup> load(SchemaReader.Version version) {
        synchronized (loading.computeIfAbsent(version.id(), id -> new Object())) {
            SchemaGroup kept = snapshots.get(version.id());
            if (kept != null && kept.version() >= version.version()) {
                return Optional.of(kept);
            }
            Optional<SchemaGroup> loaded = reader.load(version.id());
            loaded.ifPresentOrElse(group -> snapshots.put(group.id(), group), () -> snapshots.remove(version.id()));
            return loaded;
        }
    }

    private Index index() {
        Index current = index;
        if (current == null || current.changes() != changes.get()
                || System.nanoTime() - current.readAt() > CHECK_EVERY_NANOS) {
            long changesBefore = changes.get();
            long readAt = System.nanoTime();
            Map<String, SchemaReader.Version> byName = new LinkedHashMap<>();
            Map<String, SchemaReader.Version> byId = new LinkedHashMap<>();
            for (SchemaReader.Version version : reader.versions()) {
                byName.put(version.name(), version);
                byId.put(version.id().toString(), version);
            }
            snapshots.keySet().removeIf(id -> !byId.containsKey(id.toString()));
            current = new Index(byName, byId, changesBefore, readAt);
            index = current;
        }
        return current;
    }

    /** What groups there were after so many changes, at a moment of {@link System#nanoTime()}. */
    private record Index(Map<String, SchemaReader.Version> byName, Map<String, SchemaReader.Version> byId, long changes,
            long readAt) {

        SchemaReader.Version of(String idOrName) {
            SchemaReader.Version named = byName.get(idOrName);
            return named != null ? named : byId.get(idOrName.toLowerCase(Locale.ROOT));
        }
    }
}
