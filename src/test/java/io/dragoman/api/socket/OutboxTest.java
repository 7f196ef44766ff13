package io.dragoman.api.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.socket.Outbox.Kind;
import io.dragoman.api.socket.Outbox.Message;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox outbox = new Outbox(20);

    private void progress(String key, String packet) {
        outbox.add(new Message(Kind.MERGED, key, packet));
    }

    private void token(String packet) {
        outbox.add(new Message(Kind.PREVIEW, null, packet));
    }

    @Test
    void keepsEverythingInOrderWhileThereIsRoom() {
        progress("a", "a1");
        token("t1");
        progress("a", "a2");
        assertThat(outbox.take(false)).containsExactly("a1");
        assertThat(outbox.take(true)).containsExactly("t1", "a2");
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.size()).isZero();
    }

    @Test
    void leavesOutTokensFirstThenMergesProgressOfTheSameStage() {
        progress("a", "a1------");
        progress("b", "b1------");
        token("t1--");
        token("too much");
        progress("a", "a2------");
        assertThat(outbox.take(true)).as("no token, and the newer of stage a in the place where it came")
                .containsExactly("b1------", "a2------");
    }

    @Test
    void leavesOutProgressThatStillHasNoRoom() {
        outbox.add(Message.kept("an answer longer than the limit"));
        progress("a", "a1");
        assertThat(outbox.take(true)).containsExactly("an answer longer than the limit");
    }

    @Test
    void neverLeavesOutWhatWasAskedFor() {
        for (int i = 0; i < 1_000; i++) {
            outbox.add(Message.kept("result " + i));
            progress("a", "progress " + i);
        }
        assertThat(outbox.take(true).stream().filter(packet -> packet.startsWith("result"))).hasSize(1_000);
    }
}
