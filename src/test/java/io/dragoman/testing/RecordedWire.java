package io.dragoman.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, passes on what both say and keeps what the client said. */
public final class RecordedWire implements AutoCloseable {

    private final ServerSocket door;
    private final int server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "recorded-wire");
        thread.setDaemon(true);
        return thread;
    });
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();

    private RecordedWire(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::serve);
    }

    /** Before the server that listens at a port of this machine. */
    public static RecordedWire before(int port) {
        try {
            return new RecordedWire(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before nothing: whoever connects is heard and never answered. */
    public static RecordedWire deadEnd() {
        return before(0);
    }

    /** Where clients connect. */
    public int port() {
        return door.getLocalPort();
    }

    /** How many times a client connected. */
    public int connections() {
        return connections.get();
    }

    /** How many bytes clients sent. */
    public int bytes() {
        synchronized (said) {
            return said.size();
        }
    }

    /** Whether clients sent these bytes somewhere. */
    public boolean heard(byte[] part) {
        byte[] all;
        synchronized (said) {
            all = said.toByteArray();
        }
        for (int at = 0; at + part.length <= all.length; at++) {
            int same = 0;
            while (same < part.length && all[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                connections.incrementAndGet();
                Socket behind = server == 0 ? null : new Socket(InetAddress.getLoopbackAddress(), server);
                threads.submit(() -> pass(client, behind, true));
                if (behind != null) {
                    threads.submit(() -> pass(behind, client, false));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean record) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to == null ? OutputStream.nullOutputStream() : to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (record) {
                    synchronized (said) {
                        said.write(buffer, 0, read);
                    }
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException ended) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
