package io.dragoman.api.jms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.api.ApiTest;
import io.dragoman.broker.Broker;
import io.dragoman.broker.BrokerControl;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A started server and a client process that sends to its queues. */
abstract class JmsTest extends ApiTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String QUERY = "dragoman.query";
    static final String EXECUTE = "dragoman.execute";
    private static final String LONGEST_MS = "60000";

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    BrokerControl broker;
    private static ClientProcess client;

    @BeforeEach
    void findBroker() {
        broker = BrokerControl.of(context);
    }

    @AfterAll
    static void hangUp() throws IOException {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** A client of Artemis's own protocol, which lasts until {@link #hangUp}. */
    ClientProcess client() throws IOException {
        if (client == null) {
            client = client(ClientProcess.CORE);
        }
        return client;
    }

    ClientProcess client(String provider) throws IOException {
        return ClientProcess.start(provider, broker.url(), broker.user(), broker.password());
    }

    /** Sends a request and waits for its reply. */
    Properties ask(String queue, String body, String... settings) throws IOException {
        return client().send(queue, body, settings(LONGEST_MS, settings));
    }

    /** Names and values by turns. */
    static Map<String, String> settings(String wait, String... settings) {
        Map<String, String> named = new HashMap<>();
        if (wait != null) {
            named.put("wait", wait);
        }
        for (int i = 0; i < settings.length; i += 2) {
            named.put(settings[i], settings[i + 1]);
        }
        return named;
    }

    static JsonNode json(Properties reply) throws IOException {
        return JSON.readTree(reply.getProperty("body", "{}"));
    }

    /** Takes dead letters, as an operator does, until there is one with that text. */
    Properties awaitDeadLetter(String text) throws Exception {
        try (Connection connection = context.getBean(Broker.class).connections().createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer letters = session.createConsumer(session.createQueue("dragoman.dlq"));
            for (Message letter = letters.receive(60_000); letter != null; letter = letters.receive(60_000)) {
                if (((TextMessage) letter).getText().equals(text)) {
                    Properties told = new Properties();
                    for (Object name : Collections.list(letter.getPropertyNames())) {
                        told.setProperty(name.toString().replace("dragoman_", ""), letter.getStringProperty(name.toString()));
                    }
                    return told;
                }
            }
        }
        throw new AssertionError("No dead letter says " + text);
    }

    /** How many runs were stored of a question. */
    long runs(String question) {
        return database.sql("SELECT count(*) FROM query_runs WHERE question = ?").param(question).query(Long.class).single();
    }
}
