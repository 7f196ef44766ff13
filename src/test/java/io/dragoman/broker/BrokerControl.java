package io.dragoman.broker;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

/** The embedded broker of a started server, as whoever runs the server has it. */
public final class BrokerControl {

    private final EmbeddedBroker broker;

    private BrokerControl(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** The broker in that context. */
    public static BrokerControl of(ApplicationContext server) {
        return new BrokerControl(server.getBean(EmbeddedBroker.class));
    }

    /** Where clients connect. */
    public String url() {
        return broker.url();
    }

    /** The port in {@link #url}. */
    public String port() {
        return url().substring(url().lastIndexOf(':') + 1);
    }

    /** Who clients are. */
    public String user() {
        return broker.logins().user();
    }

    /** What clients show. */
    public String password() {
        return broker.logins().password();
    }

    /** The names of all queues, without those of the broker itself. */
    public Set<String> queues() {
        return Arrays.stream(server().getActiveMQServerControl().getQueueNames()).filter(name -> !name.startsWith("$"))
                .collect(Collectors.toSet());
    }

    /** How many messages a queue holds, those that are being worked on included. */
    public long messages(String queue) {
        Queue there = server().locateQueue(SimpleString.of(queue));
        return there == null ? 0 : there.getMessageCount();
    }

    /** Lets a queue take one message and no more. */
    public void narrow(String queue) {
        server().getAddressSettingsRepository().addMatch(queue, new AddressSettings().setMaxSizeBytes(1).setPageLimitBytes(-1L)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
    }

    /** Has the broker put messages of a queue aside into another after so many deliveries, as brokers do by themselves. */
    public void putAside(String queue, int deliveries, String aside) throws Exception {
        server().createQueue(QueueConfiguration.of(aside).setRoutingType(RoutingType.ANYCAST));
        server().getAddressSettingsRepository().addMatch(queue, new AddressSettings().setMaxDeliveryAttempts(deliveries)
                .setDeadLetterAddress(SimpleString.of(aside)).setRedeliveryDelay(200));
    }

    /** Ends {@link #narrow} and {@link #putAside}. */
    public void asBefore(String queue) {
        server().getAddressSettingsRepository().removeMatch(queue);
    }

    /**
     * Moves messages back to the queue that they were put aside from, as an operator does. It takes a new thread: the broker
     * ties what is written to threads, and the present one may have worked for a broker that was stopped since.
     */
    public int moveBack(String aside) throws Exception {
        FutureTask<Integer> move = new FutureTask<>(() -> server().locateQueue(SimpleString.of(aside)).retryMessages(null));
        new Thread(move, "operator").start();
        return move.get();
    }

    private ActiveMQServer server() {
        return ((CompletableFuture<?>) ReflectionTestUtils.getField(broker, "server")).join() instanceof ActiveMQServer running
                ? running : null;
    }

    /** Stops the broker and starts it again. */
    public void restart() {
        stop();
        start();
    }

    /** Stops the broker. */
    public void stop() {
        broker.stop();
    }

    /** Starts the stopped broker. */
    public void start() {
        broker.begin();
        broker.start();
    }
}
