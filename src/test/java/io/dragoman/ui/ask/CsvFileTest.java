package io.dragoman.ui.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.datasource.ResultTable;
import io.dragoman.datasource.ResultTable.ResultColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {

    private static String csv(Object... row) {
        List<ResultColumn> columns = Arrays.stream(row).map(value -> new ResultColumn("c", "text")).toList();
        String file = new String(CsvFile.of(new ResultTable(columns, List.of(Arrays.asList(row)), 1, false, 0)),
                StandardCharsets.UTF_8);
        return file.substring(file.indexOf("\r\n") + 2, file.length() - 2);
    }

    @Test
    void quotesWhatWouldEndACell() {
        assertThat(csv("a,b", "say \"so\"", "two\nlines", "plain")).isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",plain");
    }

    @Test
    void tellsNullFromTheEmptyText() {
        assertThat(csv(null, "", "x")).isEqualTo(",\"\",x");
    }

    @Test
    void writesNumbersInFull() {
        assertThat(csv(new BigDecimal("1E+7"), -5L, new BigDecimal("0.10"))).isEqualTo("10000000,-5,0.10");
    }

    @Test
    void letsNoTextRunAsAFormula() {
        assertThat(csv("=1+1", "+1", "-1", "@x", "\tx")).isEqualTo("'=1+1,'+1,'-1,'@x,'\tx");
    }
}
