package io.dragoman.api.socket;

import io.dragoman.config.SocketProperties;
import io.dragoman.failure.Failures;
import io.dragoman.security.AuditLog;
import io.dragoman.security.Credentials;
import io.dragoman.security.RateLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.ApplicationContext;

/** The socket's door once more, on another port of the same server, with limits of its own. */
final class OwnDoor implements AutoCloseable {

    private static final int LONGEST_WAIT_MS = 10_000;

    private final Connections connections;
    private final WebServer web;

    /** Opens it, with some of {@code dragoman.socket}, each followed by its value; the others are the defaults. */
    OwnDoor(ApplicationContext server, String... limits) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < limits.length; i += 2) {
            keys.put("socket." + limits[i], limits[i + 1]);
        }
        SocketProperties settings = new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate("socket", SocketProperties.class);
        SocketRuns runs = server.getBean(SocketRuns.class);
        connections = new Connections(settings, runs);
        SocketDoor door = new SocketDoor(settings, connections, server.getBean(Credentials.class), server.getBean(RateLimits.class),
                server.getBean(Failures.class), server.getBean(AuditLog.class), runs, server.getBean(ProducerTemplate.class));
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);
        tomcat.addContextCustomizers(context -> context.addServletContainerInitializer(new WsSci(), null));
        web = tomcat.getWebServer(context -> {
            var servlet = context.addServlet("socket", new SocketServlet(door, List.of(), LONGEST_WAIT_MS));
            servlet.addMapping("/ws", "/ws/*");
            servlet.setAsyncSupported(true);
        });
        web.start();
        connections.start();
        connections.ready();
    }

    int port() {
        return web.getPort();
    }

    /** Whether a connection is still there. */
    boolean has(RawSocket socket) {
        return connections.find(socket.sid()) != null;
    }

    @Override
    public void close() {
        connections.stop();
        web.stop();
        connections.shutDown();
    }
}
