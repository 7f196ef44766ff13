package io.dragoman.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager3;

/**
 * Who may do what on the embedded broker. The server itself may do everything. Clients may send requests, and consume
 * replies from queues that they create, temporary or not. Nobody may manage the broker by messages.
 */
final class BrokerAccess implements ActiveMQSecurityManager3 {

    private final String client;
    private final byte[] clientPassword;
    private final byte[] serverPassword;

    BrokerAccess(BrokerLogins logins) {
        this.client = logins.user();
        this.clientPassword = bytes(logins.password());
        this.serverPassword = bytes(logins.serverPassword());
    }

    @Override
    public boolean validateUser(String user, String password) {
        return isServer(user, password) || isClient(user, password);
    }

    @Override
    public String validateUser(String user, String password, RemotingConnection connection) {
        return validateUser(user, password) ? user : null;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
        return false;
    }

    @Override
    public String validateUserAndRole(String user, String password, Set<Role> roles, CheckType check, String address,
            RemotingConnection connection) {
        boolean allowed = isServer(user, password) && check != CheckType.MANAGE
                || isClient(user, password) && clientMay(check, address);
        return allowed ? user : null;
    }

    private boolean isServer(String user, String password) {
        return matches(user, password, BrokerLogins.SERVER, serverPassword);
    }

    private boolean isClient(String user, String password) {
        return matches(user, password, client, clientPassword);
    }

    private static boolean clientMay(CheckType check, String address) {
        return switch (check) {
            case SEND -> Queues.REQUESTS.contains(address);
            case CONSUME, CREATE_ADDRESS, DELETE_ADDRESS, CREATE_NON_DURABLE_QUEUE, DELETE_NON_DURABLE_QUEUE,
                    CREATE_DURABLE_QUEUE, DELETE_DURABLE_QUEUE -> Queues.forReplies(address);
            case BROWSE, MANAGE, VIEW, EDIT -> false;
        };
    }

    private static boolean matches(String user, String password, String wantedUser, byte[] wantedPassword) {
        return wantedUser.equals(user) && password != null
                && MessageDigest.isEqual(bytes(password), wantedPassword);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
