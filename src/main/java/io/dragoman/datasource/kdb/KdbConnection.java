package io.dragoman.datasource.kdb;

import io.dragoman.datasource.Cancellation;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.q.QValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to a kdb+ process. Queries are handed over as data to a function that evaluates them under {@code reval}, so
 * that the process itself refuses to change anything. When a query takes too long the connection is closed, as the protocol
 * has no way to cancel. Not thread-safe.
 */
final class KdbConnection implements AutoCloseable {

    /** Runs a text so that nothing can be changed; see code.kx.com/q/ref/eval. */
    static final String RESTRICTED = "{reval(value;enlist x)}";
    /** Reads a text as q and evaluates nothing. */
    static final String PARSED = "{count reval(parse;enlist x)}";
    /** Compression, timestamps and GUIDs, and no message beyond 2 GB. */
    private static final byte CAPABILITY = 3;
    private static final int HEADER = 8;
    private static final int SYNC = 1;
    private static final int ASYNC = 0;
    private static final int RESPONSE = 2;
    private static final int CHUNK = 1 << 16;
    private static final int LOOK_EVERY_MS = 50;
    private static final int CONNECT_MS = 3_000;

    private final Socket socket;
    private final InputStream in;
    private final long maxBytes;
    private boolean usable = true;

    private KdbConnection(Socket socket, long maxBytes) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.maxBytes = maxBytes;
    }

    /**
     * Connects and signs in.
     *
     * @param tls      null for a plain connection
     * @param user     null for none
     * @param password null for none
     * @param maxBytes the most bytes of a reply
     * @throws IOException when nobody listens there, or the credentials are refused
     */
    static KdbConnection open(String host, int port, SSLSocketFactory tls, String user, String password, long maxBytes)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            KdbConnection connection = new KdbConnection(tls == null ? socket : secured(socket, host, port, tls), maxBytes);
            connection.signIn(user, password);
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket socket, String host, int port, SSLSocketFactory tls) throws IOException {
        socket.setSoTimeout(CONNECT_MS);
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private void signIn(String user, String password) throws IOException {
        byte[] credentials = ((user == null ? "" : user) + (password == null ? "" : ":" + password)).getBytes(StandardCharsets.UTF_8);
        byte[] greeting = Arrays.copyOf(credentials, credentials.length + 2);
        greeting[credentials.length] = CAPABILITY;
        socket.getOutputStream().write(greeting);
        socket.setSoTimeout(CONNECT_MS);
        int common = in.read();
        if (common < 0) {
            throw new AccessDeniedException();
        }
    }

    /** The server closed the connection instead of greeting back. */
    static final class AccessDeniedException extends IOException {

        AccessDeniedException() {
            super("it refused the user or password");
        }
    }

    /**
     * Has the server apply a function to a text, and waits for what it gives. The text is data: it cannot add to the function.
     *
     * @param function {@link #RESTRICTED} or {@link #PARSED}
     * @throws IOException                       when the connection was lost, or the reply is no valid one
     * @throws ErrorReplyException               when the server answers with an error
     * @throws Connector.QueryTimeoutException   when the time is over
     * @throws Connector.QueryCancelledException when the caller cancelled
     */
    QValue ask(String function, String text, Connector.Limits limits) throws IOException, ErrorReplyException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.timeoutMs());
        usable = false;
        QValue value;
        try (Cancellation.Registration watched = limits.cancellation().onCancel(this::drop)) {
            socket.getOutputStream().write(request(function, text));
            value = response(new Waiting(deadline, limits));
        } catch (ErrorReplyException e) {
            usable = true;
            throw e;
        } catch (IOException e) {
            limits.cancellation().check();
            throw e;
        }
        usable = true;
        return value;
    }

    private static byte[] request(String function, String text) {
        byte[] applied = function.getBytes(StandardCharsets.US_ASCII);
        byte[] query = text.getBytes(StandardCharsets.UTF_8);
        int length = HEADER + 6 + 6 + applied.length + 6 + query.length;
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 1).put((byte) SYNC).putShort((short) 0).putInt(length);
        message.put((byte) 0).put((byte) 0).putInt(2);
        message.put((byte) 10).put((byte) 0).putInt(applied.length).put(applied);
        message.put((byte) 10).put((byte) 0).putInt(query.length).put(query);
        return message.array();
    }

    /** How long is waited for bytes. */
    private record Waiting(long deadline, Connector.Limits limits) {

        void look() {
            limits.cancellation().check();
            if (Thread.currentThread().isInterrupted()) {
                throw new Connector.QueryCancelledException(null);
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new Connector.QueryTimeoutException(limits.timeoutMs(), null);
            }
        }
    }

    /** The answer; messages that nobody asked for are passed over. */
    private QValue response(Waiting waiting) throws IOException, ErrorReplyException {
        while (true) {
            byte[] header = bytes(HEADER, waiting);
            boolean little = header[0] == 1;
            ByteBuffer head = ByteBuffer.wrap(header).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int kind = header[1];
            boolean compressed = header[2] == 1;
            long length = Integer.toUnsignedLong(head.getInt(4));
            boolean known = header[0] >= 0 && header[0] <= 1 && kind >= ASYNC && kind <= RESPONSE && header[2] >= 0 && header[2] <= 1;
            if (!known || length <= HEADER) {
                throw new MalformedReplyException("the server does not speak the protocol of kdb+");
            }
            requireAllowed(length);
            byte[] body = bytes((int) length - HEADER, waiting);
            if (kind == SYNC) {
                throw new MalformedReplyException("the server asks instead of answering");
            } else if (kind == RESPONSE) {
                return MessageReader.read(compressed ? expanded(body, little) : body, little, 4 * maxBytes);
            }
        }
    }

    private void requireAllowed(long length) throws MalformedReplyException {
        if (length > maxBytes) {
            throw new MalformedReplyException("the reply has " + length + " bytes, more than " + maxBytes
                    + "; ask for fewer rows or columns");
        }
    }

    private byte[] expanded(byte[] body, boolean little) throws MalformedReplyException {
        if (body.length < 4) {
            throw new MalformedReplyException("the compressed message is damaged");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(body).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .getInt());
        requireAllowed(length);
        return Compression.expanded(body, 4, (int) length);
    }

    /** So many bytes. Space is made as they come, not as many as were announced. */
    private byte[] bytes(int count, Waiting waiting) throws IOException {
        byte[] bytes = new byte[Math.min(count, CHUNK)];
        int got = 0;
        while (got < count) {
            if (got == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
            }
            waiting.look();
            socket.setSoTimeout(LOOK_EVERY_MS);
            try {
                int read = in.read(bytes, got, bytes.length - got);
                if (read < 0) {
                    throw new EOFException("it closed the connection");
                }
                got += read;
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
        return bytes;
    }

    /** Whether another query can be asked on this connection. */
    boolean usable() {
        return usable && !socket.isClosed();
    }

    private void drop() {
        try {
            socket.close();
        } catch (IOException e) {
            usable = false;
        }
    }

    @Override
    public void close() {
        usable = false;
        drop();
    }
}
