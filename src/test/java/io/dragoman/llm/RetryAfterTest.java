package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"3|3000", " 0 |0", "1.5|1500", "-7|0", "1e300|86400000", "99999999999999999999|86400000",
        "Sat, 21 Nov 2026 20:00:09 GMT|9000", "Sat, 21 Nov 2026 19:00:00 GMT|0", "Sun, 21 Nov 2027 20:00:00 GMT|86400000"})
    void readsSecondsAndDatesAndNoMoreThanADay(String text, long ms) {
        assertThat(RetryAfter.read(text, NOW)).isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "NaN", "Infinity", "Sat, 99 Nov 2026 20:00:09 GMT", "2026-11-21T20:00:09Z", "1,5", "--1"})
    void whatIsNeitherSaysNothing(String text) {
        assertThat(RetryAfter.read(text, NOW)).isNull();
    }

    @Test
    void aDayIsTheLongestAlsoForADateAtTheEndOfTime() {
        assertThat(RetryAfter.read("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).isEqualTo(Duration.ofDays(1));
    }
}
