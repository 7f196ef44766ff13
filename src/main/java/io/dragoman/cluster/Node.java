package io.dragoman.cluster;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** This server, as others know it: a new id at each start. */
@Component
public class Node {

    private final UUID id = UUID.randomUUID();
    private final String name = "process " + ProcessHandle.current().pid() + " on " + host();

    /** The id, which no other start has. */
    public UUID id() {
        return id;
    }

    /** For people: the process id and the machine. */
    public String name() {
        return name;
    }

    private static String host() {
        String host = System.getenv("HOSTNAME");
        return host == null || host.isBlank() ? "this machine" : host;
    }
}
