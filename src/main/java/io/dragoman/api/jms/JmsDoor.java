package io.dragoman.api.jms;

import io.dragoman.broker.Broker;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The component {@code jms} of the routes. */
@Configuration(proxyBeanMethods = false)
class JmsDoor {

    /**
     * Messages are taken, answered and acknowledged in one local transaction; their bodies are not touched before the route
     * does; nothing waits for a reply.
     */
    @Bean("jms")
    JmsComponent jms(Broker broker, RequestLedger ledger, ReplyQueues queues) {
        JmsConfiguration configuration = new JmsConfiguration(broker.connections());
        configuration.setTransacted(true);
        configuration.setLazyCreateTransactionManager(false);
        configuration.setDisableReplyTo(true);
        configuration.setDestinationResolver(queues);
        configuration.setMapJmsMessage(false);
        configuration.setPreserveMessageQos(true);
        configuration.setAsyncStartListener(true);
        configuration.setErrorHandlerLoggingLevel(LoggingLevel.OFF);
        configuration.setErrorHandlerLogStackTrace(false);
        configuration.setConsumerType(ConsumerType.Custom);
        configuration.setMessageListenerContainerFactory(endpoint -> new RequestContainer(endpoint, broker, ledger));
        JmsComponent component = new JmsComponent(configuration);
        component.setHeaderFilterStrategy(new PlainHeaders());
        return component;
    }
}
