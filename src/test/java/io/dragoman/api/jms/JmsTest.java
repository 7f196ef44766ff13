package io.dragoman.api.jms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.api.ApiTest;
import io.dragoman.broker.BrokerControl;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A started server and a client process that sends to its queues. */
abstract class JmsTest extends ApiTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String QUERY = "dragoman.query";
    static final String EXECUTE = "dragoman.execute";
    private static final String LONGEST_MS = "20000";

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    BrokerControl broker;
    private ClientProcess client;

    @BeforeEach
    void findBroker() {
        broker = BrokerControl.of(context);
    }

    @AfterEach
    void hangUp() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    /** A client of Artemis's own protocol. */
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

    /** How many runs were stored of a question. */
    long runs(String question) {
        return database.sql("SELECT count(*) FROM query_runs WHERE question = ?").param(question).query(Long.class).single();
    }
}
