package io.dragoman.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.TableDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Curated examples with other values")
class ExampleValuesTest {

    private static final List<TableDefinition> TABLES = List.of(new TableDefinition(null, "markets", "trade", null, List.of(), List.of(
            column("sym", "AAPL", "MSFT", "BRK.B"), column("city", "New York", "New Jersey", "Austin", "O'Fallon"), column("side", "buy", "sell"))
            , null));

    private static ColumnDefinition column(String name, String... values) {
        return new ColumnDefinition(name, "text", null, true, false, List.of(), List.of(values), null);
    }

    private static Map<String, String> values(String example, String asked) {
        return ExampleValues.of(CuratedExamples.words(example), CuratedExamples.words(asked), TABLES);
    }

    @ParameterizedTest
    @CsvSource({"trades of AAPL,trades of MSFT,{AAPL=MSFT}", "trades of AAPL,trades of msft?,{AAPL=MSFT}",
        "top 5 trades of AAPL,top 10 trades of MSFT,'{5=10, AAPL=MSFT}'", "trades in New York,trades in Austin,{New York=Austin}",
        "trades in New York,trades in new jersey,{New York=New Jersey}", "trades in Austin today,trades in O'Fallon today,{Austin=O'Fallon}",
        "trades since 2024-01-01,trades since 2024-02-15,{2024-01-01=2024-02-15}", "price above 1.5,price above 2,{1.5=2}"})
    void findsWhereOnlyValuesDiffer(String example, String asked, String values) {
        assertThat(values(example, asked)).hasToString(values);
    }

    @ParameterizedTest
    @CsvSource({"trades of AAPL,trades of AAPL", "trades of AAPL,trades of TSLA", "trades of AAPL,trades of buy", "trades of AAPL,quotes of MSFT",
        "trades of AAPL,trades of AAPL and MSFT", "trades since 2024-01-01,trades since 2024", "trades of AAPL,''", "AAPL by AAPL,AAPL by MSFT",
        "trades above 5,trades above five"})
    void findsNothingWhereMoreDiffers(String example, String asked) {
        assertThat(values(example, asked)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT 1 FROM trade WHERE sym = 'AAPL' | postgresql | AAPL | MSFT | SELECT 1 FROM trade WHERE sym = 'MSFT'",
        "SELECT 1 FROM trade WHERE lower(sym) = 'aapl' | postgresql | AAPL | MSFT | SELECT 1 FROM trade WHERE lower(sym) = 'msft'",
        "SELECT 1 FROM trade WHERE sym LIKE '%AAPL%' | postgresql | AAPL | MSFT | SELECT 1 FROM trade WHERE sym LIKE '%MSFT%'",
        "SELECT 'AAPL' FROM t WHERE sym = 'AAPL' | sqlite | AAPL | BRK.B | SELECT 'BRK.B' FROM t WHERE sym = 'BRK.B'",
        "SELECT 1 FROM t WHERE city = 'Austin' | sqlite | Austin | O'Fallon | SELECT 1 FROM t WHERE city = 'O''Fallon'",
        "SELECT t5.x FROM t5 LIMIT 5 | sqlite | 5 | 10 | SELECT t5.x FROM t5 LIMIT 10",
        "SELECT 1 FROM t WHERE d >= '2024-01-01' | sqlite | 2024-01-01 | 2024-02-15 | SELECT 1 FROM t WHERE d >= '2024-02-15'",
        "select from trade where sym=`AAPL | q | AAPL | MSFT | select from trade where sym=`MSFT",
        "select from trade where sym=`AAPL | q | AAPL | BRK.B | select from trade where sym=`BRK.B",
        "5#select from trade | q | 5 | 10 | 10#select from trade"})
    void putsTheValueInTheQuery(String query, String dialect, String from, String to, String expected) {
        assertThat(QueryLiterals.replaced(query, dialect, from, to)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT \"AAPL\" FROM trade -- AAPL 'AAPL' | postgresql | AAPL | MSFT", "SELECT a FROM t WHERE b > 5 AND c > 5 | sqlite | 5 | 10",
        "SELECT a FROM t WHERE b = 'it is AAPL' | sqlite | AAPL | MSFT", "SELECT 'A\\'APL', 'AAPL' | mysql | AAPL | MSFT",
        "SELECT /* 'AAPL' */ 1 | sqlite | AAPL | MSFT", "SELECT 'AAPL | sqlite | AAPL | MSFT", "SELECT x5 FROM t | sqlite | 5 | 10",
        "select from trade where sym=`AAPL | q | AAPL | New York", "SELECT 1 FROM t WHERE s = 'AAPL' | sqlite | AAPL | x;y",
        "SELECT 1 FROM t WHERE s LIKE '%AAPL' | sqlite | AAPL | %"})
    void leavesWhatCannotHaveIt(String query, String dialect, String from, String to) {
        assertThat(QueryLiterals.replaced(query, dialect, from, to)).isNull();
    }

    @Test
    void isQuickOverLongQuestions() {
        String long1 = "AAPL ".repeat(400).trim();
        String long2 = "MSFT ".repeat(400).trim();
        long start = System.nanoTime();
        assertThat(values(long1, long2)).isEmpty();
        assertThat(values("5 ".repeat(400).trim(), "6 ".repeat(400).trim())).isEmpty();
        assertThat(values("a ".repeat(900).trim() + " 5", "a ".repeat(900).trim() + " 6 7")).isEmpty();
        assertThat((System.nanoTime() - start) / 1e6).isLessThan(20_000);
    }
}
