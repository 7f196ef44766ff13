package io.dragoman.cache;

import io.dragoman.config.CacheProperties.Layer;
import io.dragoman.config.DragomanProperties;
import io.dragoman.config.RedisProperties;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Makes the named caches, and knows how they do. Thread-safe. */
@Service
public class Caches {

    private final List<NamedCache<?>> all = new CopyOnWriteArrayList<>();
    private final SharedLevel level;
    private final SharedValues shared;
    private final MeterRegistry meters;
    private final InstantSource clock;

    @Autowired
    Caches(RedisProperties redis, DragomanProperties properties, ObjectProvider<MeterRegistry> meters,
            ObjectProvider<InstantSource> clock) {
        this(redis, properties.secretKey(), meters.getIfAvailable(), clock.getIfAvailable(InstantSource::system));
    }

    /**
     * Caches with this Redis behind them.
     *
     * @param redis  one without a URL for none
     * @param secret that other servers at the same Redis have too; empty for none in common with others
     * @param meters null for none
     */
    public Caches(RedisProperties redis, String secret, MeterRegistry meters) {
        this(redis, secret, meters, InstantSource.system());
    }

    /** The same, whose values grow old by that clock. */
    public Caches(RedisProperties redis, String secret, MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        this.level = redis.url().isEmpty() ? SharedLevel.NONE : new RedisLevel(redis);
        this.shared = new SharedValues(level, once(() -> new Seal(secret)), redis.maxValue().toBytes());
        this.meters = meters;
    }

    /**
     * A cache.
     *
     * @param name   unique, in lower case with dashes
     * @param layer  how long and how much it keeps
     * @param bytes  about how much memory a value takes
     * @param form   of values in the shared level; null for a cache of this process alone
     */
    public <V> NamedCache<V> create(String name, Layer layer, ToIntFunction<V> bytes, JsonForm<V> form) {
        NamedCache<V> cache = new NamedCache<>(name, layer, bytes, shared, form, clock);
        all.add(cache);
        if (meters != null) {
            measure(cache, "local", one -> one.figures().hits());
            measure(cache, "shared", one -> one.figures().sharedHits());
            measure(cache, "miss", one -> one.figures().misses());
            Gauge.builder("dragoman.cache.entries", cache, NamedCache::estimatedSize).tag("cache", name).register(meters);
        }
        return cache;
    }

    private <V> void measure(NamedCache<V> cache, String result, ToDoubleFunction<NamedCache<V>> count) {
        FunctionCounter.builder("dragoman.cache.gets", cache, count).tag("cache", cache.name()).tag("result", result)
                .register(meters);
    }

    /** What each cache did since the start, in the order that they were made. */
    public List<NamedCache.Figures> figures() {
        return all.stream().<NamedCache.Figures>map(NamedCache::figures).toList();
    }

    /** Whether a shared level is configured but does not answer. */
    public boolean sharedOutOfReach() {
        return level.state() == SharedLevel.State.OUT_OF_REACH;
    }

    @PreDestroy
    void close() {
        if (level instanceof RedisLevel redis) {
            redis.close();
        }
    }

    private static <T> Supplier<T> once(Supplier<T> work) {
        return new Supplier<>() {
            private T made;

            @Override
            public synchronized T get() {
                if (made == null) {
                    made = work.get();
                }
                return made;
            }
        };
    }
}
