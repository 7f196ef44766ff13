package io.dragoman.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.dragoman.cache.SharedValues.Kept;
import io.dragoman.config.CacheProperties.Layer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A cache with a name. What is not in this process is looked for in the shared level, when there is one; an entry found
 * there lives as long as it would have where it was made. A cache whose time to live is 0 keeps nothing. Thread-safe.
 *
 * @param <V> the values
 */
public final class NamedCache<V> implements Cache<String, V> {

    /** What an entry takes beside its value: its key's object, the node of the map. */
    private static final int ENTRY_BYTES = 150;

    private final String name;
    private final Duration ttl;
    private final Cache<String, Kept<V>> local;
    private final SharedValues shared;
    private final InstantSource clock;
    private final JsonForm<V> form;
    private final LongAdder hits = new LongAdder();
    private final LongAdder sharedHits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** @param form null for a cache of this process alone */
    NamedCache(String name, Layer layer, ToIntFunction<V> bytes, SharedValues shared, JsonForm<V> form, InstantSource clock) {
        this.clock = clock;
        this.name = name;
        this.ttl = layer.ttl();
        this.shared = shared;
        this.form = layer.shared() ? form : null;
        Expiry<String, Kept<V>> expiry = Expiry.writing((key, kept) -> left(kept));
        // Upkeep is done by who writes: there is little of it, and waking another thread after each write takes longer.
        this.local = Caffeine.newBuilder().executor(Runnable::run).maximumWeight(layer.size().toBytes()).expireAfter(expiry)
                .weigher((String key, Kept<V> kept) -> ENTRY_BYTES + 2 * key.length() + bytes.applyAsInt(kept.value())).build();
    }

    private Duration left(Kept<V> kept) {
        Duration age = Duration.between(kept.madeAt(), clock.instant());
        return age.isNegative() ? ttl : age.compareTo(ttl) >= 0 ? Duration.ZERO : ttl.minus(age);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    @Override
    public V getIfPresent(String key) {
        if (ttl.isZero()) {
            return null;
        }
        Kept<V> kept = local.getIfPresent(key);
        if (kept != null && !left(kept).isZero()) {
            hits.increment();
            return kept.value();
        }
        kept = form == null ? null : shared.find(name, key, form);
        if (kept == null || left(kept).isZero()) {
            misses.increment();
            return null;
        }
        sharedHits.increment();
        local.put(key, kept);
        return kept.value();
    }

    @Override
    public void put(String key, V value) {
        if (!ttl.isZero()) {
            Kept<V> kept = new Kept<>(value, clock.instant());
            local.put(key, kept);
            if (form != null) {
                shared.keep(name, key, kept, form, ttl);
            }
        }
    }

    /** Gives the value that is kept, else makes and keeps it; two threads may both make it. */
    @Override
    public V get(String key, Function<? super String, ? extends V> make) {
        V known = getIfPresent(key);
        if (known == null) {
            known = make.apply(key);
            if (known != null) {
                put(key, known);
            }
        }
        return known;
    }

    @Override
    public void invalidate(String key) {
        local.invalidate(key);
        if (form != null) {
            shared.forget(name, key);
        }
    }

    @Override
    public Map<String, V> getAllPresent(Iterable<? extends String> keys) {
        Map<String, V> found = new HashMap<>();
        keys.forEach(key -> {
            V value = getIfPresent(key);
            if (value != null) {
                found.put(key, value);
            }
        });
        return found;
    }

    @Override
    public Map<String, V> getAll(Iterable<? extends String> keys,
            Function<? super Set<? extends String>, ? extends Map<? extends String, ? extends V>> make) {
        Map<String, V> found = getAllPresent(keys);
        Set<String> missing = new java.util.HashSet<>();
        keys.forEach(key -> {
            if (!found.containsKey(key)) {
                missing.add(key);
            }
        });
        if (!missing.isEmpty()) {
            make.apply(missing).forEach((key, value) -> {
                put(key, value);
                found.put(key, value);
            });
        }
        return found;
    }

    @Override
    public void putAll(Map<? extends String, ? extends V> entries) {
        entries.forEach(this::put);
    }

    @Override
    public void invalidateAll(Iterable<? extends String> keys) {
        keys.forEach(this::invalidate);
    }

    /** Empties the cache of this process; the shared level stays as it is. */
    @Override
    public void invalidateAll() {
        local.invalidateAll();
    }

    @Override
    public long estimatedSize() {
        return local.estimatedSize();
    }

    /** Hits, of both levels, and misses. */
    @Override
    public CacheStats stats() {
        return CacheStats.of(hits.sum() + sharedHits.sum(), misses.sum(), 0, 0, 0, 0, 0);
    }

    /** How often it was asked, and how many entries it has here. */
    public Figures figures() {
        return new Figures(name, local.estimatedSize(), hits.sum(), sharedHits.sum(), misses.sum());
    }

    @Override
    public void cleanUp() {
        local.cleanUp();
    }

    /** Is not there: the entries of the shared level cannot be listed. */
    @Override
    public ConcurrentMap<String, V> asMap() {
        throw new UnsupportedOperationException("a cache with a shared level is no map");
    }

    /** Is not there: it would be that of one level only. */
    @Override
    public Policy<String, V> policy() {
        throw new UnsupportedOperationException("a cache of two levels has no one policy");
    }

    /**
     * What a cache did since the start of this server.
     *
     * @param entries    that it has in this process, about
     * @param hits       answered in this process
     * @param sharedHits answered by the shared level
     * @param misses     answered by neither
     */
    public record Figures(String name, long entries, long hits, long sharedHits, long misses) {
    }
}
