package io.dragoman;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.metrics.redis.LettuceMetricsAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.activemq.ActiveMQAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the server. The broker is connected to by its own package; what Spring Boot would set up besides, for the client of
 * ActiveMQ that Artemis brings along, would look for a broker that is not there. Redis is connected to by the caches, and nothing
 * of its client is loaded when there is none.
 */
@SpringBootApplication(exclude = {ActiveMQAutoConfiguration.class, ArtemisAutoConfiguration.class, JmsAutoConfiguration.class,
    LettuceMetricsAutoConfiguration.class})
@ConfigurationPropertiesScan
public class DragomanApplication {

    /**
     * Starts the server.
     *
     * @param args Spring Boot arguments, such as {@code --server.port=9000}
     */
    public static void main(String[] args) {
        SpringApplication.run(DragomanApplication.class, args);
    }
}
