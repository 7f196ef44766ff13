package io.dragoman.api.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.JmsProperties;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Where replies go when that is narrowed. */
class ReplyQueuesTest {

    private final ReplyQueues queues = new ReplyQueues(new JmsProperties("", List.of("answers."), DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1), Duration.ofHours(1)));

    @ParameterizedTest
    @ValueSource(strings = {"queue://payments.in", "temp-queue://payments.in", "temp-queue://answers", "topic://answers.a",
        "temp-topic://answers.a", "queue://dragoman.query", "temp-queue://dragoman.query"})
    void noOtherQueueIsReachedByCallingItTemporary(String named) {
        assertThat(queues.of(ActiveMQDestination.fromPrefixedName(named))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue://answers.a", "temp-queue://answers.a", "temp-queue://2f1e3d7c-3f0a-4d52-9d6e-0a4b3b6f7a11",
        "queue://2f1e3d7c-3f0a-4d52-9d6e-0a4b3b6f7a11", "temp-queue://ID:host-40001-1700000000000-1:1:1"})
    void thoseOfTheListAndTemporaryOnesAreTaken(String named) {
        assertThat(queues.of(ActiveMQDestination.fromPrefixedName(named))).isEqualTo(named.substring(named.indexOf("//") + 2));
    }
}
