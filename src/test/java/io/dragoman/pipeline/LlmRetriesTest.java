package io.dragoman.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LlmRetriesTest {

    private static long[] pauses(double chance) {
        return IntStream.rangeClosed(1, 6).mapToLong(retry -> LlmRetries.pause(retry, 500, 8_000, chance).toMillis()).toArray();
    }

    @Test
    void pausesDoubleGiveOrTakeAQuarterUpToTheLongest() {
        assertThat(pauses(0.5)).containsExactly(500, 1_000, 2_000, 4_000, 8_000, 8_000);
        assertThat(pauses(0)).containsExactly(375, 750, 1_500, 3_000, 6_000, 8_000);
        assertThat(pauses(1)).containsExactly(625, 1_250, 2_500, 5_000, 8_000, 8_000);
    }

    @Test
    void callsThatFailedTogetherAreNotMadeTogetherAgain() {
        assertThat(DoubleStream.of(0, 0.2, 0.4, 0.6, 0.8, 1).mapToLong(chance -> LlmRetries.pause(1, 500, 8_000, chance).toMillis())
                .distinct().count()).isEqualTo(6);
    }
}
