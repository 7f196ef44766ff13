package io.dragoman.api.socket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand, which reads when it likes and sends what it likes. */
final class RawSocket implements AutoCloseable {

    private static final String HANDSHAKE = "0{\"sid\":\"";
    private static final int SMALL_BUFFER = 4 << 10;
    private static final int LONGEST_MS = 60_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private String sid;

    RawSocket(int port) throws IOException {
        this(port, "");
    }

    /** @param more of the address, such as the connection that it takes over */
    RawSocket(int port, String more) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(LONGEST_MS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET /ws/?EIO=4&transport=websocket" + more + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        int newlines = 0;
        while (newlines < 4) {
            int next = in.read();
            newlines = next == '\r' || next == '\n' ? newlines + 1 : 0;
        }
    }

    /** Sends a text message. */
    void send(String text) throws IOException {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a frame of any kind; the mask is zeros. */
    void frame(int head, byte[] body) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        if (body.length < 126) {
            frame.write(0x80 | body.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) body.length >> shift));
            }
        }
        frame.write(new byte[4]);
        frame.write(body);
        out.write(frame.toByteArray());
        out.flush();
    }

    /** Sends bytes that are no frame. */
    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next text message, in as many frames as it comes; null when the connection ended. */
    String read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            while (true) {
                int head = in.readUnsignedByte();
                long length = in.readUnsignedByte() & 0x7f;
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                message.write(in.readNBytes((int) length));
                if ((head & 0x0f) == 8) {
                    return null;
                }
                if ((head & 0x80) != 0) {
                    return heard(message.toString(StandardCharsets.UTF_8));
                }
            }
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    private String heard(String message) {
        if (message.startsWith(HANDSHAKE)) {
            sid = message.substring(HANDSHAKE.length(), message.indexOf('"', HANDSHAKE.length()));
        }
        return message;
    }

    /** The name of the connection, once its first message was read. */
    String sid() {
        return sid;
    }

    /** The next text message that holds this; null when the connection ended before. */
    String readUntil(String part) throws IOException {
        String message = read();
        while (message != null && !message.contains(part)) {
            message = read();
        }
        return message;
    }

    /** Signs in. */
    void connect(String key) throws IOException {
        send("40{\"token\":\"" + key + "\"}");
        readUntil("40{\"sid\"");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
