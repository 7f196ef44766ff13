package io.dragoman.api.socket;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what a caller posts, as fast as it comes and without holding a thread, up to the limit. */
final class PostedPayload implements ReadListener {

    private static final int PIECE = 8 << 10;
    private static final long LONGEST_MS = 20_000;
    private static final int TOO_LARGE = 413;

    private final EngineSession session;
    private final HttpServletRequest request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int limit;
    private AsyncContext context;
    private ServletInputStream in;
    private boolean ended;

    PostedPayload(EngineSession session, HttpServletRequest request) {
        this.session = session;
        this.request = request;
        this.limit = session.maxPayload();
    }

    /** Begins to read; the packets go to the session when all of them are there. */
    void read() throws IOException {
        context = request.startAsync();
        context.setTimeout(LONGEST_MS);
        in = request.getInputStream();
        in.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (!ended && in.isReady() && !in.isFinished()) {
            int read = in.read(piece);
            if (read > 0) {
                body.write(piece, 0, read);
            }
            if (body.size() > limit) {
                answer(TOO_LARGE, "too large");
                session.close("it sent more than is taken at once");
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        if (!ended) {
            EnginePackets.split(body.toString(StandardCharsets.UTF_8)).forEach(session::receive);
            answer(HttpServletResponse.SC_OK, "ok");
        }
    }

    private void answer(int status, String text) throws IOException {
        ended = true;
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(text.length());
        response.getOutputStream().print(text);
        context.complete();
    }

    @Override
    public void onError(Throwable why) {
        ended = true;
        context.complete();
    }
}
