package io.dragoman.api;

import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.security.FirstAccess;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The last words of the start: what is there, at which address, and one call that works as it is written. */
@Component
final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String SAMPLE = "ecommerce";

    private final CamelContext camel;
    private final SchemaGroups groups;
    private final WebServerApplicationContext server;
    private final Environment environment;
    private final FirstAccess first;

    Readiness(CamelContext camel, SchemaGroups groups, WebServerApplicationContext server, Environment environment,
            FirstAccess first) {
        this.camel = camel;
        this.groups = groups;
        this.server = server;
        this.environment = environment;
        this.first = first;
    }

    @EventListener(ApplicationReadyEvent.class)
    void announce() {
        String address = "http://" + host() + ":" + server.getWebServer().getPort();
        LOG.info("{} routes run, read from {}", camel.getRoutesSize(),
                environment.getProperty("camel.main.routes-include-pattern"));
        LOG.info("Schema groups: {}", groups.names().isEmpty() ? "none yet" : String.join(", ", groups.names()));
        first.oneTimePassword().ifPresent(password -> LOG.info("Sign in at {} as '{}' with the password {} (shown this once,"
                + " to be changed at the first sign-in)", address, FirstAccess.ADMIN, password));
        LOG.info("Dragoman is ready at {} (the API is described at {}/docs). Try:\n\n{}\n", address, address, call(address));
    }

    private String host() {
        String bound = environment.getProperty("server.address", "localhost");
        return bound.equals("127.0.0.1") || bound.equals("0.0.0.0") || bound.equals("::") ? "localhost" : bound;
    }

    private String call(String address) {
        if (first.demoKey().isEmpty() || groups.find(SAMPLE).map(SchemaGroup::tables).filter(tables -> !tables.isEmpty()).isEmpty()) {
            return "curl " + address + RequestGuard.BASE_PATH + "/health";
        }
        return "curl -s " + address + RequestGuard.BASE_PATH + "/query -H 'X-API-Key: " + first.demoKey().get()
                + "' -H 'Content-Type: application/json' \\\n  -d '{\"query\": \"How many orders are there by status?\", \"schema_group_id\": \"" + SAMPLE
                + "\", \"execute\": true}'";
    }
}
