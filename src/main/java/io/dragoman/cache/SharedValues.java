package io.dragoman.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of all shared caches, sealed, with the moment they were made. Thread-safe. */
final class SharedValues {

    private static final Logger LOG = LoggerFactory.getLogger(SharedValues.class);

    private final SharedLevel level;
    private final Supplier<Seal> seal;
    private final long largest;
    private final AtomicBoolean strangerSaid = new AtomicBoolean();

    SharedValues(SharedLevel level, Supplier<Seal> seal, long largest) {
        this.level = level;
        this.seal = seal;
        this.largest = largest;
    }

    /** A value that another server, or this one before, has kept; null when there is none that can be read. */
    <V> Kept<V> find(String cache, String key, JsonForm<V> form) {
        if (level.state() != SharedLevel.State.REACHED) {
            return null;
        }
        String name = seal.get().name(cache, key);
        byte[] sealed = level.find(name);
        if (sealed == null) {
            return null;
        }
        byte[] opened = seal.get().open(name, sealed).orElse(null);
        if (opened == null || opened.length < Long.BYTES) {
            if (strangerSaid.compareAndSet(false, true)) {
                LOG.warn("A value of the cache {} in Redis is none of ours and is left alone; said once", cache);
            }
            return null;
        }
        try {
            Instant madeAt = Instant.ofEpochMilli(ByteBuffer.wrap(opened).getLong());
            return new Kept<>(form.read(Arrays.copyOfRange(opened, Long.BYTES, opened.length)), madeAt);
        } catch (IOException e) {
            LOG.debug("A value of the cache {} in Redis is of another version", cache, e);
            return null;
        }
    }

    /** Keeps a value, unless it is too large or has no JSON. */
    <V> void keep(String cache, String key, Kept<V> kept, JsonForm<V> form, Duration ttl) {
        if (level.state() != SharedLevel.State.REACHED) {
            return;
        }
        try {
            byte[] json = form.write(kept.value());
            if (json != null && json.length <= largest) {
                String name = seal.get().name(cache, key);
                byte[] value = ByteBuffer.allocate(Long.BYTES + json.length).putLong(kept.madeAt().toEpochMilli()).put(json)
                        .array();
                level.keep(name, seal.get().close(name, value), ttl);
            }
        } catch (IOException e) {
            LOG.warn("A value of the cache {} cannot be written as JSON: {}", cache, e.getClass().getSimpleName());
        }
    }

    /** Removes a value. */
    void forget(String cache, String key) {
        if (level.state() == SharedLevel.State.REACHED) {
            level.forget(seal.get().name(cache, key));
        }
    }

    /** A value and when it was made. */
    record Kept<V>(V value, Instant madeAt) {
    }
}
