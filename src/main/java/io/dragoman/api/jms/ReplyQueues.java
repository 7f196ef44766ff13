package io.dragoman.api.jms;

import io.dragoman.broker.Queues;
import io.dragoman.config.JmsProperties;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.springframework.jms.support.destination.DestinationResolver;
import org.springframework.stereotype.Component;

/**
 * Where replies may go. The server has more rights on the broker than whoever names a queue to it, so that it must not send
 * to the queues of requests, to dead letters or to the broker's own addresses, nor make queues that nobody will read.
 */
@Component
final class ReplyQueues implements DestinationResolver {

    private static final String ANY = "*";
    private static final String OPEN_WIRE = "ID:";

    private final List<String> prefixes;

    ReplyQueues(JmsProperties settings) {
        this.prefixes = settings.replyQueues();
    }

    /** The queue that a request names; null when replies may not be sent there, or it names none. */
    String of(Destination named) {
        if (!(named instanceof ActiveMQDestination queue) || named instanceof Topic) {
            return null;
        }
        String name = queue.getAddress();
        return name != null && Queues.forReplies(name) && (temporary(name) || configured(name)) ? name : null;
    }

    /**
     * The queue of that name.
     *
     * @throws InvalidDestinationException when it was a temporary one and is gone: sending would make it anew, for nobody
     */
    @Override
    public Destination resolveDestinationName(Session session, String name, boolean topic) throws JMSException {
        ActiveMQDestination queue = ActiveMQDestination.createQueue(name);
        if (temporary(name)) {
            if (!exists(session, name)) {
                throw new InvalidDestinationException("The queue " + name + " is gone");
            }
            queue.setCreated(true);
        }
        return queue;
    }

    private static boolean exists(Session session, String name) throws JMSException {
        try {
            return ((ActiveMQSession) session).getCoreSession().queueQuery(SimpleString.of(name)).isExists();
        } catch (ActiveMQException e) {
            throw JMSExceptionHelper.convertFromActiveMQException(e);
        }
    }

    private boolean configured(String name) {
        return prefixes.stream().anyMatch(prefix -> prefix.equals(ANY) || name.startsWith(prefix));
    }

    /**
     * Whether the name is one that brokers and clients make up for temporary queues, and nobody guesses; whoever calls another
     * queue temporary means nothing by it.
     */
    private static boolean temporary(String name) {
        if (name.startsWith(OPEN_WIRE)) {
            return true;
        }
        try {
            return UUID.fromString(name).toString().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
