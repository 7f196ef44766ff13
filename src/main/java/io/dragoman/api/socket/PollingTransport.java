package io.dragoman.api.socket;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Long polling: packets are the reply to a request that waits for them. */
final class PollingTransport implements Transport {

    private static final int PIECE = 16 << 10;

    private AsyncContext poll;

    /** A request waits for packets; false when one does already. */
    synchronized boolean hold(AsyncContext request) {
        if (poll != null) {
            return false;
        }
        poll = request;
        return true;
    }

    @Override
    public synchronized boolean ready() {
        return poll != null;
    }

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public void write(List<String> packets, Consumer<Boolean> done) {
        AsyncContext request = taken();
        if (request == null) {
            done.accept(false);
            return;
        }
        byte[] body = EnginePackets.join(packets).getBytes(StandardCharsets.UTF_8);
        try {
            HttpServletResponse response = (HttpServletResponse) request.getResponse();
            response.setContentType("text/plain;charset=UTF-8");
            response.setContentLength(body.length);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new Pieces(request, out, body, done));
        } catch (IOException | RuntimeException e) {
            done.accept(false);
        }
    }

    private synchronized AsyncContext taken() {
        AsyncContext request = poll;
        poll = null;
        return request;
    }

    @Override
    public void close() {
        if (ready()) {
            write(List.of(String.valueOf(EnginePackets.CLOSE)), sent -> {
            });
        }
    }

    /** Writes a body as fast as it is read. */
    private static final class Pieces implements WriteListener {

        private final AsyncContext request;
        private final ServletOutputStream out;
        private final byte[] body;
        private final Consumer<Boolean> done;
        private int written;
        private boolean ended;

        Pieces(AsyncContext request, ServletOutputStream out, byte[] body, Consumer<Boolean> done) {
            this.request = request;
            this.out = out;
            this.body = body;
            this.done = done;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (!ended && out.isReady()) {
                if (written == body.length) {
                    end(true);
                } else {
                    int length = Math.min(PIECE, body.length - written);
                    out.write(body, written, length);
                    written += length;
                }
            }
        }

        @Override
        public void onError(Throwable why) {
            end(false);
        }

        private void end(boolean sent) {
            if (!ended) {
                ended = true;
                try {
                    request.complete();
                } finally {
                    done.accept(sent);
                }
            }
        }
    }
}
