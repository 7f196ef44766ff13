package io.dragoman.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.config.BrokerProperties;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** How much the embedded broker holds. */
class EmbeddedBrokerTest {

    private static final int MESSAGE = 64 << 10;
    private static final long MEMORY = 1 << 20;
    private static final long DISK = 4 << 20;

    @TempDir
    private Path folder;

    @Test
    void holdsSoMuchOfOneQueueAndRefusesTheRestWhileOthersGoOn() throws Exception {
        BrokerProperties settings = new BrokerProperties("", "client", "secret", 0, DataSize.ofBytes(MEMORY),
                DataSize.ofBytes(DISK), DataSize.ofMegabytes(1), Duration.ofSeconds(1), 2, Duration.ofSeconds(60));
        BrokerLogins logins = new BrokerLogins("client", "secret", null, "inner");
        try (EmbeddedBroker broker = new EmbeddedBroker(settings, folder, logins)) {
            broker.start();
            try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
                    Connection client = factory.createConnection("client", "secret");
                    Connection server = factory.createConnection(BrokerLogins.SERVER, "inner")) {
                server.start();
                Session session = client.createSession(false, Session.AUTO_ACKNOWLEDGE);
                int taken = fill(session, Queues.QUERY);
                assertThat((long) taken * MESSAGE).isBetween(DISK / 2, DISK + 2 * MEMORY);
                assertThat(size(folder.resolve("paging"))).isBetween(DISK / 2, DISK + 2 * MEMORY);
                send(session, Queues.FEEDBACK);

                Session inner = server.createSession(false, Session.AUTO_ACKNOWLEDGE);
                try (MessageConsumer consumer = inner.createConsumer(inner.createQueue(Queues.QUERY))) {
                    for (int i = 0; i < taken; i++) {
                        assertThat(consumer.receive(60_000)).as("message %s of %s", i, taken).isNotNull();
                    }
                    assertThat(consumer.receiveNoWait()).isNull();
                }
            }
        }
    }

    @Test
    void theBrokerOfTheComposeFileStartsAndDeliversAgainAsTheDocumentationAsks() throws Exception {
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Files.writeString(etc.resolve("broker.xml"), Files.readString(Path.of("docker", "broker", "broker.xml"))
                .replace("tcp://0.0.0.0:61616", "tcp://127.0.0.1:0"));
        FileDeploymentManager files = new FileDeploymentManager(etc.resolve("broker.xml").toUri().toString());
        FileConfiguration configuration = new FileConfiguration();
        configuration.setBrokerInstance(folder.toFile());
        files.addDeployable(configuration);
        files.readConfiguration();
        ActiveMQServer server = new ActiveMQServerImpl(configuration, new ActiveMQJAASSecurityManager());
        server.start();
        try {
            assertThat(server.isActive()).isTrue();
            AddressSettings settings = server.getAddressSettingsRepository().getMatch(Queues.QUERY);
            assertThat(settings.getMaxDeliveryAttempts()).isEqualTo(-1);
            assertThat(settings.getRedeliveryDelay()).isEqualTo(1_000);
            assertThat(settings.getRedeliveryMultiplier()).isEqualTo(2);
            assertThat(settings.getMaxRedeliveryDelay()).isEqualTo(60_000);
            assertThat(server.locateQueue(SimpleString.of(Queues.DEAD_LETTERS))).isNotNull();
        } finally {
            server.stop();
        }
        String page = Files.readString(Path.of("docs", "JMS.md"));
        String asked = page.substring(page.indexOf("<address-setting"), page.indexOf("</address-setting>"));
        assertThat(withoutSpace(Files.readString(Path.of("docker", "broker", "broker.xml")))).contains(withoutSpace(asked));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** Sends until the broker takes no more; how many it took. */
    private static int fill(Session session, String queue) throws JMSException {
        int taken = 0;
        try {
            while (taken < 1_000) {
                send(session, queue);
                taken++;
            }
        } catch (JMSException e) {
            assertThat(e.getMessage()).contains("full");
        }
        assertThat(taken).isLessThan(1_000);
        assertThatThrownBy(() -> send(session, queue)).isInstanceOf(JMSException.class);
        return taken;
    }

    private static void send(Session session, String queue) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(new byte[MESSAGE]);
        try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.send(message);
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
