package io.dragoman.api.jms;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a {@link PlainJmsClient} as a process of its own, with a provider's client and nothing else on its class path. */
final class ClientProcess implements AutoCloseable {

    /** Artemis's own client. */
    static final String CORE = "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory";

    /** The client of ActiveMQ Classic. */
    static final String OPENWIRE = "org.apache.activemq.ActiveMQConnectionFactory";

    private static final List<String> JARS = List.of("jakarta.jms-api", "artemis-jakarta-client", "artemis-core-client",
            "artemis-commons", "artemis-selector", "netty-", "activemq-client-jakarta", "hawtbuf", "slf4j-api",
            "commons-beanutils", "spring-jcl", "commons-collections", "micrometer-core", "micrometer-commons", "caffeine");

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader told;

    private ClientProcess(Process process) {
        this.process = process;
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        told = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ClientProcess start(String provider, String url, String user, String password) throws IOException {
        String own = Path.of("target", "test-classes").toString();
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> JARS.stream().anyMatch(jar -> Path.of(entry).getFileName().toString().startsWith(jar)))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx400m",
                "-XX:TieredStopAtLevel=1", "-cp", own + File.pathSeparator + classPath, PlainJmsClient.class.getName(),
                provider, url, user, password));
        ClientProcess client = new ClientProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        String first = client.told.readLine();
        if (!"ready".equals(first)) {
            client.close();
            throw new IllegalStateException("The client did not start: " + first);
        }
        return client;
    }

    /** Sends a message as the settings say, and gives what the client tells. */
    Properties send(String queue, String body, Map<String, String> settings) throws IOException {
        Properties order = new Properties();
        order.setProperty("do", "send");
        order.setProperty("queue", queue);
        order.setProperty("body", body);
        settings.forEach(order::setProperty);
        return obey(order);
    }

    /** Takes a message from a queue; empty when none came in time. */
    Properties receive(String queue, long waitMs) throws IOException {
        Properties order = new Properties();
        order.setProperty("do", "receive");
        order.setProperty("queue", queue);
        order.setProperty("wait", String.valueOf(waitMs));
        return obey(order);
    }

    private Properties obey(Properties order) throws IOException {
        orders.write(PlainJmsClient.write(order) + "\n");
        orders.flush();
        String line = told.readLine();
        if (line == null) {
            throw new IllegalStateException("The client ended");
        }
        return PlainJmsClient.read(line);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            // It says goodbye, so that the broker does not wait for it to come back.
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
    }
}
