package io.dragoman.api.jms;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand requests of fifty producers, with the broker stopped and started in the middle. A producer whose send fails
 * sends again with the same duplicate id, as a careful client of Artemis does; the replies come to one queue.
 */
@Tag("bench")
class JmsLoadBench extends JmsTest {

    private static final int PRODUCERS = 50;
    private static final int EACH = 200;
    private static final List<String> QUESTIONS = List.of("How many orders are there by status?", "how many customers are there?",
            "top 3 customers by total order amount", "which products cost more than 100?");

    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Map<String, Long> took = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Object reading = new Object();
    private volatile boolean done;

    @Test
    void tenThousandRequestsAreAnsweredOnceEach() throws Exception {
        String replies = "dragoman.reply.bench-" + UUID.randomUUID();
        Thread reader = new Thread(() -> read(replies), "replies");
        reader.start();
        long start = System.nanoTime();
        ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS);
        for (int i = 0; i < PRODUCERS; i++) {
            int number = i;
            producers.submit(() -> produce(number, replies));
        }
        awaitAnswers(PRODUCERS * EACH / 2);
        long away = System.nanoTime();
        synchronized (reading) {
            broker.restart();
        }
        away = System.nanoTime() - away;
        producers.shutdown();
        assertThat(producers.awaitTermination(20, TimeUnit.MINUTES)).isTrue();
        awaitAnswers(PRODUCERS * EACH);
        double seconds = (System.nanoTime() - start) / 1e9;
        Thread.sleep(3_000);
        done = true;
        reader.join();

        long[] times = took.values().stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("%d requests of %d producers, broker away for %.1f s: %.0f answered/s, p50 %.0f ms, p99 %.0f ms, "
                + "%d lost, %d answered more than once, %d errors%n", begun.size(), PRODUCERS, away / 1e9,
                begun.size() / seconds, times[times.length / 2] / 1e6, times[(int) (times.length * 0.99)] / 1e6,
                begun.size() - answers.size(), answers.values().stream().filter(count -> count.get() > 1).count(), failures.get());
        assertThat(answers.keySet()).isEqualTo(begun.keySet());
        assertThat(answers.values()).allMatch(count -> count.get() == 1);
        assertThat(failures).hasValue(0);
        assertThat(Arrays.stream(times).max()).isPresent();
    }

    private void awaitAnswers(int expected) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
        while (answers.size() < expected && System.nanoTime() < limit) {
            Thread.sleep(20);
        }
    }

    private Connection connect() throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
        factory.setReconnectAttempts(0);
        Connection connection = factory.createConnection(broker.user(), broker.password());
        connection.start();
        return connection;
    }

    private void produce(int number, String replies) {
        int next = 0;
        while (next < EACH) {
            try (Connection connection = connect()) {
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(QUERY));
                Queue replyTo = session.createQueue(replies);
                while (next < EACH) {
                    String id = number + "-" + next;
                    TextMessage request = session.createTextMessage("{\"query\": \"" + QUESTIONS.get(next % QUESTIONS.size())
                            + "\", \"schema_group_id\": \"ecommerce\"}");
                    request.setJMSReplyTo(replyTo);
                    request.setJMSCorrelationID(id);
                    request.setStringProperty("_AMQ_DUPL_ID", replies + id);
                    begun.putIfAbsent(id, System.nanoTime());
                    producer.send(request);
                    next++;
                }
            } catch (JMSException e) {
                pause();
            }
        }
    }

    private void read(String replies) {
        while (!done) {
            try (Connection connection = connect()) {
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(replies));
                while (!done) {
                    synchronized (reading) {
                        Message reply = consumer.receive(200);
                        if (reply != null) {
                            String id = reply.getJMSCorrelationID();
                            took.putIfAbsent(id, System.nanoTime() - begun.get(id));
                            answers.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
                            failures.addAndGet("success".equals(reply.getStringProperty("status")) ? 0 : 1);
                        }
                    }
                }
            } catch (JMSException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
