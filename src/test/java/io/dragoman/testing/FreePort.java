package io.dragoman.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for processes that are to listen where they are told. */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private FreePort() {
    }

    /**
     * A port on which nobody listens. It is none of those that the system gives to connections, so that none has it by the
     * time the process listens, which may be seconds later.
     */
    public static int find() {
        while (true) {
            try (ServerSocket free = new ServerSocket(ThreadLocalRandom.current().nextInt(FIRST, LAST))) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
