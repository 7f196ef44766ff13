package io.dragoman.ui.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.Span;
import io.dragoman.datasource.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsCardTest {

    private static final List<ResultTable.ResultColumn> COLUMNS = List.of(new ResultTable.ResultColumn("n", "integer"));

    private static String said(ResultTable results) {
        return ((Span) RowsCard.count(results)).getText();
    }

    @Test
    void saysHowLongAgoRowsWereReadThatWereKept() {
        ResultTable read = new ResultTable(COLUMNS, List.of(List.of(5)), 1, false, 7, false, null);
        assertThat(said(read)).isEqualTo("1 row in 7 ms");
        assertThat(said(read.agedMs(12_345))).isEqualTo("1 row, read 12 s ago");
    }

    @Test
    void saysNoAgeOfARunOfBeforeWhoseRowsAreGone() {
        assertThat(said(new ResultTable(COLUMNS, List.of(), 3, false, 7, true, 12_345L))).isEqualTo("3 rows in 7 ms");
    }
}
