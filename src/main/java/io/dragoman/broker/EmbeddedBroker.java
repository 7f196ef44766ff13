package io.dragoman.broker;

import io.dragoman.config.BrokerProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.ResourceLimitSettings;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * An ActiveMQ Artemis in this process, which keeps its messages in the data folder. It listens on the loopback address and
 * speaks CORE, AMQP, STOMP and OpenWire there; the server itself connects within the process. It starts beside the rest of
 * the server, which waits for it at the end.
 */
final class EmbeddedBroker implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String CLIENTS = "clients";
    private static final int SECONDS_TO_START = 60;
    private static final String LOOPBACK = "127.0.0.1";
    private static final int JOURNAL_FILE = 4 << 20;
    private static final int PAGE = 1 << 20;
    private static final long LEAST_FREE_DISK = 200L << 20;
    private static final int MOST_CONNECTIONS = 500;
    private static final int MOST_QUEUES = 2_000;
    private static final int SECONDS_TO_SHAKE_HANDS = 10;

    private final BrokerProperties settings;
    private final Path folder;
    private final BrokerLogins logins;
    private final int port;
    private final int number = NUMBER.incrementAndGet();
    private volatile CompletableFuture<ActiveMQServer> server;
    private volatile boolean checked;

    /**
     * Begins to start the broker.
     *
     * @param folder where it keeps its messages
     * @throws BrokerException when its port is taken
     */
    EmbeddedBroker(BrokerProperties settings, Path folder, BrokerLogins logins) {
        this.settings = settings;
        this.folder = folder;
        this.logins = logins;
        this.port = free(settings.port());
        begin();
    }

    /** Where the server itself connects. */
    String innerUrl() {
        return "vm://" + number;
    }

    BrokerLogins logins() {
        return logins;
    }

    /** Where clients on this machine connect. */
    String url() {
        return "tcp://" + LOOPBACK + ":" + port;
    }

    /** Starts it, on a thread of its own. */
    void begin() {
        CompletableFuture<ActiveMQServer> starting = new CompletableFuture<>();
        server = starting;
        Thread thread = new Thread(() -> {
            try {
                starting.complete(started());
            } catch (Exception | LinkageError e) {
                starting.completeExceptionally(e);
            }
        }, "broker-start");
        thread.setDaemon(true);
        thread.start();
    }

    private ActiveMQServer started() throws Exception {
        ActiveMQServer broker = new ActiveMQServerImpl(configuration(), new BrokerAccess(logins));
        broker.getConfiguration().registerBrokerPlugin(new LargestMessage(settings.maxMessage().toBytes()));
        broker.start();
        return broker;
    }

    /** Waits until it takes messages, or for long enough that it never will. */
    void await() {
        try {
            server.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The embedded broker did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it takes messages. */
    @Override
    public void start() {
        ActiveMQServer broker;
        try {
            broker = server.join();
        } catch (CompletionException e) {
            throw new BrokerException("The embedded broker cannot start: " + e.getCause().getMessage() + ".",
                    "Look into " + folder + ", or set DRAGOMAN_BROKER_URL to another broker.", e.getCause());
        }
        Acceptor clients = broker.getRemotingService().getAcceptor(CLIENTS);
        if (!broker.isActive() || clients == null || !clients.isStarted()) {
            throw taken(port, null);
        }
        checked = true;
        LOG.info("Embedded broker is up at {}, its messages are in {}", url(), folder);
    }

    @Override
    public void stop() {
        checked = false;
        try {
            server.join().stop();
        } catch (Exception e) {
            LOG.warn("The embedded broker did not stop cleanly: {}", e.getMessage());
        }
    }

    /** Stops it also when the start of the server failed before it was waited for. */
    @Override
    public void close() {
        stop();
    }

    @Override
    public boolean isRunning() {
        return checked;
    }

    /** It stops after whoever uses it, and is there before. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 100;
    }

    private Configuration configuration() throws Exception {
        Configuration configuration = new ConfigurationImpl().setName("dragoman").setPersistenceEnabled(true)
                .setSecurityEnabled(true).setJMXManagementEnabled(false).setCriticalAnalyzer(false)
                .setJournalType(JournalType.NIO).setJournalFileSize(JOURNAL_FILE).setJournalMinFiles(2)
                .setJournalPoolFiles(4).setBindingsDirectory(folder.resolve("bindings").toString())
                .setJournalDirectory(folder.resolve("journal").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setGlobalMaxSize(settings.memory().toBytes()).setMaxDiskUsage(-1).setMinDiskFree(LEAST_FREE_DISK)
                .setThreadPoolMaxSize(16).setScheduledThreadPoolMaxSize(2).setMessageExpiryScanPeriod(5_000);
        configuration.addAcceptorConfiguration("inner", innerUrl());
        configuration.addAcceptorConfiguration(CLIENTS, url() + "?protocols=CORE,AMQP,STOMP,OPENWIRE;supportAdvisory=false"
                + ";anycastPrefix=/queue/;saslMechanisms=PLAIN;remotingThreads=2;connectionsAllowed=" + MOST_CONNECTIONS
                + ";handshake-timeout=" + SECONDS_TO_SHAKE_HANDS);
        ResourceLimitSettings limits = new ResourceLimitSettings();
        limits.setMatch(SimpleString.of(logins.user()));
        limits.setMaxSessions(MOST_CONNECTIONS * 4);
        limits.setMaxQueues(MOST_QUEUES);
        configuration.addResourceLimitSettings(limits);
        for (String queue : Queues.REQUESTS) {
            add(configuration, queue);
        }
        add(configuration, Queues.DEAD_LETTERS);
        configuration.addAddressSetting("#", bounded());
        return configuration;
    }

    private static void add(Configuration configuration, String queue) {
        configuration.addAddressConfiguration(new CoreAddressConfiguration().setName(queue)
                .addRoutingType(RoutingType.ANYCAST).addQueueConfiguration(
                        QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true)));
    }

    /** Requests are delivered until they were worked on: the route decides when one is a dead letter. */
    private AddressSettings bounded() {
        return new AddressSettings().setDefaultAddressRoutingType(RoutingType.ANYCAST).setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE).setPageSizeBytes(PAGE)
                .setMaxSizeBytes(settings.memory().toBytes() / 2).setPageLimitBytes(settings.disk().toBytes())
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL).setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(settings.firstRetry().toMillis()).setRedeliveryMultiplier(settings.retryFactor())
                .setMaxRedeliveryDelay(settings.longestRetry().toMillis());
    }

    private static int free(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw taken(wanted, e);
        }
    }

    private static BrokerException taken(int port, Exception cause) {
        return new BrokerException("Port " + port + " of the embedded broker is in use.",
                "Set DRAGOMAN_BROKER_PORT to another one, or DRAGOMAN_BROKER_URL to the broker that is there.", cause);
    }
}
