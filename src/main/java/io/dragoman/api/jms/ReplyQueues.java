package io.dragoman.api.jms;

import io.dragoman.broker.Queues;
import io.dragoman.config.JmsProperties;
import jakarta.jms.Destination;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.springframework.stereotype.Component;

/**
 * Where replies may go. The server has more rights on the broker than whoever names a queue to it, so that it must not send
 * to the queues of requests, to dead letters or to the broker's own addresses.
 */
@Component
final class ReplyQueues {

    private static final String ANY = "*";

    private final List<String> prefixes;

    ReplyQueues(JmsProperties settings) {
        this.prefixes = settings.replyQueues();
    }

    /** The queue that a request names, as a queue; null when replies may not be sent there, or it names none. */
    Destination of(Destination named) {
        if (!(named instanceof ActiveMQDestination queue) || named instanceof Topic) {
            return null;
        }
        String name = queue.getAddress();
        if (name == null || !Queues.forReplies(name)) {
            return null;
        }
        if (named instanceof TemporaryQueue) {
            return named;
        }
        return temporary(name) || configured(name) ? ActiveMQDestination.createQueue(name) : null;
    }

    private boolean configured(String name) {
        return prefixes.stream().anyMatch(prefix -> prefix.equals(ANY) || name.startsWith(prefix));
    }

    /** AMQP clients get temporary queues that are named like those of JMS. */
    private static boolean temporary(String name) {
        try {
            return UUID.fromString(name).toString().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
