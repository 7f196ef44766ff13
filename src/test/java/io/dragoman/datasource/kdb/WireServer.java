package io.dragoman.datasource.kdb;

import com.kx.c;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's end of kdb+'s protocol, spoken by Kx's own library, with answers made up by a test. */
final class WireServer implements AutoCloseable {

    /** Answers a request on its connection: the function's text and the query's. */
    interface Answer {
        void to(c connection, String function, String query) throws Exception;
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> functions = new CopyOnWriteArrayList<>();
    final List<String> credentials = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket socket;
    private final Answer answer;
    private final List<c> open = new CopyOnWriteArrayList<>();
    private volatile boolean accepting = true;

    WireServer(Answer answer) throws IOException {
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.answer = answer;
        start("accept", this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    void refuse() {
        accepting = false;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "wire-server-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                c connection = new c(socket, given -> {
                    credentials.add(given);
                    return accepting;
                });
                connections.incrementAndGet();
                open.add(connection);
                start("serve", () -> serve(connection));
            } catch (IOException e) {
                continue;
            }
        }
    }

    private void serve(c connection) {
        try {
            while (true) {
                Object[] message = (Object[]) connection.readMsg()[1];
                String function = new String((char[]) message[0]);
                String query = new String((char[]) message[1]);
                functions.add(function);
                asked.add(query);
                answer.to(connection, function, query);
            }
        } catch (Exception e) {
            try {
                connection.close();
            } catch (IOException ignored) {
                open.remove(connection);
            }
        }
    }

    /** Closes the connections that are there, as a restart does. */
    void hangUp() throws IOException {
        for (c connection : open) {
            connection.close();
        }
    }

    static void raw(c connection, byte[] bytes) throws IOException {
        connection.s.getOutputStream().write(bytes);
        connection.s.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        hangUp();
    }
}
