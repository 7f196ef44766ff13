package io.dragoman.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"legacy.replies", "dragoman.reply.billing", "0a0e2a52-5f3c-4d6e-9a3a-0d5b3a6f1c11", "ID:host-4711-1:1:1"})
    void repliesMayGoToQueuesOfTheCallers(String name) {
        assertThat(Queues.forReplies(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dragoman.query", "dragoman.execute", "dragoman.dlq", "dragoman.query::dragoman.query", "a::b", "#",
        "dragoman.reply.#", "*", "a.*", ">", "activemq.notifications", "ActiveMQ.Advisory.Queue", "$.artemis.internal", "a b", "a\nb"})
    void repliesNeverGoToTheServersOwnQueuesNorToMoreThanOne(String name) {
        assertThat(Queues.forReplies(name)).isFalse();
    }
}
