package io.dragoman.cache;

import io.dragoman.config.RedisProperties;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis. It is connected to in the background, and again every second while it is out of reach; whoever asks meanwhile is
 * told at once that there is nothing. A reply that is late counts as out of reach, so that a Redis that hangs costs one wait.
 * Thread-safe.
 */
final class RedisLevel implements SharedLevel, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLevel.class);
    private static final Duration LOOKED_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SAID_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int MOST_REQUESTS = 5_000;
    private static final long MOST_BYTES_ON_THE_WAY = 16L << 20;

    private final RedisURI address;
    private final String place;
    private final long timeoutMs;
    private final SslOptions ssl;
    private final AtomicLong bytesOnTheWay = new AtomicLong();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "redis-watch");
        thread.setDaemon(true);
        return thread;
    });
    private ClientResources resources;
    private RedisClient client;
    private boolean said;
    private long saidAt = System.nanoTime() - SAID_AGAIN_AFTER.toNanos();
    private boolean reachedBefore;
    private volatile StatefulRedisConnection<byte[], byte[]> connection;

    RedisLevel(RedisProperties settings) {
        this.address = address(settings);
        this.place = address.getHost() + ":" + address.getPort();
        this.timeoutMs = settings.timeout().toMillis();
        this.ssl = ssl(settings.caFile());
        watch.scheduleWithFixedDelay(this::look, 0, LOOKED_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is wrong with the URL is not repeated, as it may have a password. */
    private static RedisURI address(RedisProperties settings) {
        RedisURI address;
        try {
            address = RedisURI.create(settings.url());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("dragoman.redis.url has to be redis://host:port or rediss://host:port"
                    + " (user, password and database may be in it)");
        }
        if (!settings.password().isEmpty()) {
            address.setCredentialsProvider(RedisCredentialsProvider.from(() -> io.lettuce.core.RedisCredentials.just(
                    settings.user().isEmpty() ? null : settings.user(), settings.password())));
        }
        address.setTimeout(CONNECT_TIMEOUT);
        return address;
    }

    private static SslOptions ssl(String caFile) {
        if (caFile.isEmpty()) {
            return SslOptions.create();
        }
        if (!Files.isReadable(Path.of(caFile))) {
            throw new IllegalArgumentException("dragoman.redis.ca-file is '" + caFile + "', which cannot be read");
        }
        return SslOptions.builder().jdkSslProvider().trustManager(new File(caFile)).build();
    }

    @Override
    public State state() {
        return connection == null ? State.OUT_OF_REACH : State.REACHED;
    }

    @Override
    public byte[] find(String key) {
        StatefulRedisConnection<byte[], byte[]> used = connection;
        if (used == null) {
            return null;
        }
        try {
            return used.async().get(bytes(key)).get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            lost(used, e);
        }
        return null;
    }

    @Override
    public void keep(String key, byte[] value, Duration ttl) {
        if (bytesOnTheWay.addAndGet(value.length) > MOST_BYTES_ON_THE_WAY) {
            bytesOnTheWay.addAndGet(-value.length);
            return;
        }
        CompletionStage<?> sent = send(redis -> redis.psetex(bytes(key), Math.max(1, ttl.toMillis()), value));
        if (sent == null) {
            bytesOnTheWay.addAndGet(-value.length);
        } else {
            sent.whenComplete((done, failure) -> bytesOnTheWay.addAndGet(-value.length));
        }
    }

    @Override
    public void forget(String key) {
        send(redis -> redis.del(bytes(key)));
    }

    /** Sends something and does not wait; null when it was not sent. */
    private RedisFuture<?> send(Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<?>> command) {
        StatefulRedisConnection<byte[], byte[]> used = connection;
        if (used == null) {
            return null;
        }
        try {
            RedisFuture<?> sent = command.apply(used.async());
            sent.whenComplete((done, failure) -> {
                if (failure != null && !used.isOpen()) {
                    lost(used, failure);
                }
            });
            return sent;
        } catch (RuntimeException e) {
            LOG.debug("Nothing is sent to Redis", e);
            return null;
        }
    }

    /** Connects when there is no connection, and asks whether Redis is there when there is one. */
    private void look() {
        StatefulRedisConnection<byte[], byte[]> used = connection;
        try {
            if (used == null) {
                connect();
            } else {
                used.async().ping().get(Math.max(timeoutMs, LOOKED_AGAIN_AFTER.toMillis()), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            lost(used, e);
        }
    }

    private void connect() {
        RedisClient connecting = client();
        if (connecting == null) {
            return;
        }
        connected(connecting.connect(ByteArrayCodec.INSTANCE, address));
    }

    /** The client, made at the first call; null once this is closed. */
    private synchronized RedisClient client() {
        if (client == null && !watch.isShutdown()) {
            resources = DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
            client = RedisClient.create(resources);
            client.setOptions(ClientOptions.builder().autoReconnect(false).sslOptions(ssl).requestQueueSize(MOST_REQUESTS)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build()).build());
        }
        return watch.isShutdown() ? null : client;
    }

    private synchronized void connected(StatefulRedisConnection<byte[], byte[]> made) {
        if (watch.isShutdown()) {
            made.closeAsync();
            return;
        }
        connection = made;
        if (said || !reachedBefore) {
            LOG.info(reachedBefore ? "The Redis at {} is back" : "Caches are shared through the Redis at {}", place);
        }
        reachedBefore = true;
        said = false;
    }

    /** Notes that Redis is out of reach; said once until it is back, and at most once a minute. */
    private synchronized void lost(StatefulRedisConnection<byte[], byte[]> used, Throwable why) {
        if (used != null && connection != used || watch.isShutdown()) {
            return;
        }
        connection = null;
        if (used != null) {
            used.closeAsync();
        }
        if (!said && System.nanoTime() - saidAt >= SAID_AGAIN_AFTER.toNanos()) {
            said = true;
            saidAt = System.nanoTime();
            LOG.warn("The Redis at {} is out of reach; caches go on without it: {}", place, root(why).getClass().getSimpleName());
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        synchronized (this) {
            connection = null;
            if (client != null) {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
                resources.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }
}
