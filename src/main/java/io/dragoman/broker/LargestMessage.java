package io.dragoman.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/** Refuses messages of clients that are larger than the broker is to keep; what the server sends has limits of its own. */
final class LargestMessage implements ActiveMQServerMessagePlugin {

    private final long bytes;

    LargestMessage(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public void beforeSend(ServerSession session, Transaction transaction, Message message, boolean direct,
            boolean noAutoCreateQueue) throws ActiveMQException {
        if (message.getWholeMessageSize() > bytes && !BrokerLogins.SERVER.equals(session.getValidatedUser())) {
            throw new ActiveMQException("The message is larger than " + bytes + " bytes, the most that is taken");
        }
    }
}
