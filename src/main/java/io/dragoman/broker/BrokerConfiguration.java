package io.dragoman.broker;

import io.dragoman.config.BrokerProperties;
import io.dragoman.storage.DataFolder;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The embedded broker, or the one that {@code dragoman.broker.url} names. */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerConfiguration.class);

    @Bean
    @Conditional(EmbeddedBrokerCondition.class)
    EmbeddedBroker embeddedBroker(BrokerProperties settings, DataFolder folder) {
        return new EmbeddedBroker(settings, folder.path().resolve("broker"), BrokerLogins.of(settings, folder));
    }

    @Bean
    Broker broker(BrokerProperties settings, ObjectProvider<EmbeddedBroker> embedded) {
        EmbeddedBroker here = embedded.getIfAvailable();
        if (here != null) {
            return new Broker(connections(here.innerUrl(), BrokerLogins.SERVER, here.logins().serverPassword()), here.url(),
                    here);
        }
        String url = settings.url().strip();
        return new Broker(connections(url, settings.user(), settings.password()), place(url), null);
    }

    /**
     * Connections that take one message at a time, so that priorities count and another server can take the rest; they never
     * deserialise Java objects. A broken one is not mended but opened again by who uses it.
     */
    private static ActiveMQConnectionFactory connections(String url, String user, String password) {
        try {
            ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
            factory.setUser(user);
            factory.setPassword(password);
            factory.setConsumerWindowSize(0);
            factory.setReconnectAttempts(0);
            factory.setDeserializationDenyList("*");
            return factory;
        } catch (RuntimeException e) {
            throw new BrokerException("The configured broker URL " + place(url) + " cannot be used: it is malformed, or has a parameter that is not known.",
                    "Set DRAGOMAN_BROKER_URL to something like tcp://host:61616, or leave it out for the embedded one.", e);
        }
    }

    /** The URL without its parameters and credentials, which must not be logged. */
    private static String place(String url) {
        String bare = url.split("\\?", 2)[0];
        int at = bare.lastIndexOf('@');
        return at < 0 ? bare : bare.substring(0, bare.indexOf("//") + 2) + bare.substring(at + 1);
    }

    /** Says how clients get in, just before the last words of the start. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @EventListener(ApplicationReadyEvent.class)
    void announce(ApplicationReadyEvent ready) {
        EmbeddedBroker here = ready.getApplicationContext().getBeanProvider(EmbeddedBroker.class).getIfAvailable();
        if (here != null) {
            BrokerLogins logins = here.logins();
            LOG.info("Requests are taken from queue {} at {}, as user '{}' with {}", Queues.QUERY, here.url(), logins.user(),
                    logins.file() == null ? "the configured password"
                            : "the password in " + logins.file());
        }
    }
}
