package io.dragoman.ui.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTextTest {

    private static List<String> written(Object... values) {
        List<List<Object>> rows = Arrays.stream(values).map(Arrays::asList).toList();
        ColumnText text = ColumnText.of(rows, 0);
        return Arrays.stream(values).map(text::text).toList();
    }

    @Test
    void decimalsHaveThePlacesThatTheLongestNeeds() {
        assertThat(written(new BigDecimal("1499.4900000000000000"), null, new BigDecimal("90.5000"), new BigDecimal("1E+3")))
                .containsExactly("1499.49", "null", "90.50", "1000.00");
        assertThat(written(new BigDecimal("100.00"), new BigDecimal("7"))).containsExactly("100", "7");
        assertThat(written(new BigDecimal("1E+400"))).containsExactly("1" + "0".repeat(400));
    }

    @Test
    void whatADivisionLeavesIsRoundedUnlessItIsSmall() {
        assertThat(written(new BigDecimal("1499.4900000000000000"), new BigDecimal("318.9833333333333333")))
                .containsExactly("1499.4900", "318.9833");
        assertThat(written(new BigDecimal("0.0000333333333333"), new BigDecimal("2.5000000000000000")))
                .containsExactly("0.0000333333333333", "2.5000000000000000");
    }

    @Test
    void momentsAreDaysOnlyWhereAllAreMidnights() {
        LocalDateTime midnight = LocalDateTime.of(2024, 1, 1, 0, 0);
        assertThat(written(midnight, null)).containsExactly("2024-01-01", "null");
        assertThat(written(midnight, midnight.plusHours(9))).containsExactly("2024-01-01T00:00", "2024-01-01T09:00");
        assertThat(written(midnight, "text")).containsExactly("2024-01-01T00:00", "text");
    }

    @Test
    void otherValuesAreAsTheyAre() {
        assertThat(written(1.5, 2, true, "x")).containsExactly("1.5", "2", "true", "x");
    }
}
