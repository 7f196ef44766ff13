package io.dragoman.api.jms;

import io.dragoman.api.Json;
import io.dragoman.config.JmsProperties;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which requests were taken and how they were answered, in PostgreSQL, so that each is answered once (an
 * <a href="https://www.enterpriseintegrationpatterns.com/patterns/messaging/IdempotentReceiver.html">idempotent receiver</a>).
 * The reply and the acknowledgement of its request are one transaction of the broker; a request that is delivered again was
 * therefore not answered, and gets the reply that is kept here, if there was one; so is one that the broker put aside and an
 * operator moved back. Another message with the same id, sender,
 * time and content is a duplicate, which gets none. Replies are kept until they were sent. Thread-safe.
 */
@Component("jmsLedger")
final class RequestLedger {

    /** The exchange property with what a claim came to. */
    static final String CLAIM = "claim";

    private static final Logger LOG = LoggerFactory.getLogger(RequestLedger.class);
    private static final String KEY = "requestKey";
    private static final String NEW = "new";
    private static final String ANSWERED = "answered";
    private static final String DUPLICATE = "duplicate";
    private static final int AWAITED_MS = 2_000;
    private static final int NOTED_EVERY_MS = 500;
    private static final int CLEANED_EVERY_S = 60;
    private static final int MOST_TO_NOTE = 10_000;
    private static final int MOST_TO_CLEAN = 50_000;

    private final JdbcClient database;
    private final JmsProperties settings;
    private final ThreadLocal<byte[]> answered = new ThreadLocal<>();
    private final ThreadLocal<ByteBuffer> mine = new ThreadLocal<>();
    private final Set<ByteBuffer> working = new HashSet<>();
    private final BlockingQueue<byte[]> sent = new ArrayBlockingQueue<>(MOST_TO_NOTE);
    private final ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "jms-ledger");
        thread.setDaemon(true);
        return thread;
    });

    RequestLedger(JdbcClient database, JmsProperties settings) {
        this.database = database;
        this.settings = settings;
        clerk.scheduleWithFixedDelay(() -> quietly(this::noteSent), NOTED_EVERY_MS, NOTED_EVERY_MS, TimeUnit.MILLISECONDS);
        clerk.scheduleWithFixedDelay(() -> quietly(this::clean), CLEANED_EVERY_S, CLEANED_EVERY_S, TimeUnit.SECONDS);
    }

    private record Entry(String reply) {
    }

    /** Another thread of this server still works on the request, although the broker took it back meanwhile. */
    static final class StillWorking extends RuntimeException {
        StillWorking() {
            super("it is still being worked on", null, false, false);
        }
    }

    /**
     * Takes a request for the present caller. The property {@value #CLAIM} becomes {@code new} when it is to be worked on,
     * {@code answered} when the body became its reply of before, or {@code duplicate}.
     *
     * @throws StillWorking when this server has not ended with it
     */
    public void claim(Exchange exchange) {
        JmsRequest request = JmsRequest.of(exchange);
        byte[] key = key(request, exchange.getProperty(Inbox.TEXT, String.class));
        begin(ByteBuffer.wrap(key));
        Optional<Entry> entry = database.sql("""
                INSERT INTO jms_requests AS known (key, broker_id) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET broker_id = excluded.broker_id
                    WHERE known.broker_id = excluded.broker_id OR ? AND known.sent_at IS NULL
                RETURNING reply""").params(key, request.brokerId(), request.moved())
                .query((row, number) -> new Entry(text(row.getBytes("reply")))).optional();
        exchange.setProperty(KEY, key);
        if (entry.isEmpty()) {
            LOG.info("Request {} from {} is a duplicate and is not answered again", request.messageId(), request.queue());
            exchange.setProperty(CLAIM, DUPLICATE);
        } else if (entry.get().reply() == null) {
            exchange.setProperty(CLAIM, NEW);
        } else {
            exchange.setProperty(CLAIM, ANSWERED);
            answered.set(key);
            exchange.getMessage().setBody(read(entry.get().reply()));
        }
    }

    /** Waits a moment for the thread that works on it, as each delivery counts among those after which a request is given up. */
    private void begin(ByteBuffer key) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AWAITED_MS);
        synchronized (working) {
            while (!working.add(key)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new StillWorking();
                }
                try {
                    working.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StillWorking();
                }
            }
        }
        mine.set(key);
    }

    /** Keeps the reply in the body until it was sent; a request that was never claimed has none to be kept. */
    public void keep(Exchange exchange) {
        byte[] key = exchange.getProperty(KEY, byte[].class);
        if (key != null) {
            JmsReply reply = exchange.getMessage().getBody(JmsReply.class);
            database.sql("UPDATE jms_requests SET reply = ? WHERE key = ?")
                    .params(Json.write(reply), key).update();
            answered.set(key);
        }
    }

    /** Forgets a request that became a dead letter, so that an operator can send it again. */
    public void forget(Exchange exchange) {
        byte[] key = exchange.getProperty(KEY, byte[].class);
        if (key != null) {
            database.sql("DELETE FROM jms_requests WHERE key = ?").param(key).update();
        }
    }

    /** The present thread ended with a message, well or not. */
    void ended() {
        answered.remove();
        if (mine.get() != null) {
            synchronized (working) {
                working.remove(mine.get());
                working.notifyAll();
            }
            mine.remove();
        }
    }

    /** The broker has both the acknowledgement and the reply of the message that the present thread worked on. */
    void committed() {
        byte[] key = answered.get();
        if (key != null && !sent.offer(key)) {
            LOG.debug("Too many replies to note as sent at once; they are kept longer than needed");
        }
    }

    private void noteSent() {
        List<byte[]> keys = new ArrayList<>();
        sent.drainTo(keys);
        if (!keys.isEmpty()) {
            database.sql("UPDATE jms_requests SET reply = NULL, sent_at = now() WHERE key = ANY(?)")
                    .param(keys.toArray(byte[][]::new)).update();
        }
    }

    private void clean() {
        int gone;
        do {
            gone = database.sql("""
                    DELETE FROM jms_requests WHERE key IN (SELECT key FROM jms_requests
                        WHERE taken_at < now() - make_interval(secs => ?)
                            AND (sent_at IS NOT NULL OR taken_at < now() - interval '7 days') LIMIT ?)""")
                    .params((double) settings.remember().toSeconds(), MOST_TO_CLEAN).update();
        } while (gone == MOST_TO_CLEAN);
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException e) {
            LOG.debug("The ledger of requests cannot be written now", e);
        }
    }

    private static byte[] key(JmsRequest request, String text) {
        Caller caller = CurrentCall.current();
        String whole = String.join("\n", request.queue(), String.valueOf(caller.userId()), String.valueOf(caller.credential()),
                request.messageId(), String.valueOf(request.timestamp()), request.correlationId(),
                String.valueOf(request.replyTo()), text);
        try {
            return MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] reply) {
        return reply == null ? null : new String(reply, StandardCharsets.UTF_8);
    }

    private static JmsReply read(String reply) {
        try {
            return Json.read(reply.getBytes(StandardCharsets.UTF_8), JmsReply.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void close() {
        clerk.shutdown();
        quietly(this::noteSent);
    }
}
