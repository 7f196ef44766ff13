package io.dragoman;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the server. */
@SpringBootApplication
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
