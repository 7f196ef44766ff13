package io.dragoman.cluster;

import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line from servers to their PostgreSQL, which can be cut and mended: to them the database is away meanwhile. */
final class DatabaseLine implements AutoCloseable {

    private static final int PREFIX = "jdbc:".length();

    private final URI database;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket door;

    private DatabaseLine(TestDatabase database) throws IOException {
        this.database = URI.create(database.url().substring(PREFIX));
        this.door = new ServerSocket(FreePort.find(), 50, InetAddress.getLoopbackAddress());
        this.port = door.getLocalPort();
        accept(door);
    }

    static DatabaseLine to(TestDatabase database) throws IOException {
        return new DatabaseLine(database);
    }

    /** The JDBC URL of the database at the end of the line. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + database.getPath() + (database.getQuery() == null ? ""
                : "?" + database.getQuery());
    }

    /** All connections end at once, and new ones are refused. */
    void cut() throws IOException {
        door.close();
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    /** Connections are taken again. */
    void mend() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        door = again;
        accept(again);
    }

    private void accept(ServerSocket through) {
        thread(() -> {
            while (true) {
                Socket server = through.accept();
                Socket own = new Socket(database.getHost(), database.getPort());
                ends.add(server);
                ends.add(own);
                pump(server, own);
                pump(own, server);
            }
        });
    }

    private void pump(Socket from, Socket to) {
        thread(() -> {
            try (from; to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                in.transferTo(out);
            } finally {
                ends.remove(from);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // The line was cut, or one of its ends hung up.
            }
        }, "database-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
