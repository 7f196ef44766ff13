package io.dragoman.datasource.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.ResultTable;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QResults;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import io.dragoman.dialect.q.QParse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values worked out by hand, or taken from the examples of q's reference. */
@Timeout(120)
class InterpreterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:30:15.123456789Z");

    private static Table table(Object... namesAndColumns) {
        Map<String, Vector> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndColumns.length; i += 2) {
            columns.put((String) namesAndColumns[i], (Vector) namesAndColumns[i + 1]);
        }
        return Table.of(columns);
    }

    private static Longs longs(QType type, long... values) {
        return new Longs(type, values);
    }

    private static final World WORLD = new World(Map.of(
            "t", table("sym", new Names(QType.SYMBOL, "b", "a", "b", "a", "c"), "price", new Doubles(QType.FLOAT, 10, 1, 30, Double.NaN, 5),
                    "size", longs(QType.LONG, 1, 2, 3, 4, QType.NULL),
                    "time", longs(QType.TIME, 36_000_000, 36_059_000, 36_060_000, 36_301_000, 39_600_000)),
            "q", table("sym", new Names(QType.SYMBOL, "a", "b", "a", "b"),
                    "time", longs(QType.TIME, 36_000_000, 36_000_000, 36_300_000, 36_060_001), "bid", new Doubles(QType.FLOAT, 1, 2, 3, 4)),
            "r", table("sym", new Names(QType.SYMBOL, "a", "b"), "name", new Items(new Text("Ay"), new Text("Bee")),
                    "price", new Doubles(QType.FLOAT, 100, Double.NaN)),
            "e", table("sym", new Names(QType.SYMBOL), "price", new Doubles(QType.FLOAT))));

    private static QValue value(String query) {
        QParse parse = QParse.of(query);
        assertThat(parse.tree()).as(query).isNotNull();
        return new Interpreter(WORLD, NOW, new Budget(Connector.Limits.of(1, 5_000))).evaluate(parse.tree());
    }

    /** A value as q writes it; a table as the values of its columns. */
    private static String shown(QValue value) {
        if (value instanceof Table table) {
            StringBuilder text = new StringBuilder();
            table.columns().forEach((name, column) -> text.append(text.isEmpty() ? "" : " | ").append(name).append(": ")
                    .append(QFormat.text(column)));
            return text.toString();
        }
        boolean keyed = value instanceof Dictionary dictionary && dictionary.keyedTable();
        return keyed ? "[" + shown(((Dictionary) value).keys()) + "] "
                + shown(((Dictionary) value).values()) : QFormat.text(value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/q/values.txt", delimiterString = "  ->  ", quoteCharacter = '\u0001')
    void evaluatesAsTheReferenceSays(String query, String expected) {
        assertThat(shown(value(query.strip())).strip()).isEqualTo(expected.strip());
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/q/errors.txt", delimiterString = "  ->  ", quoteCharacter = '\u0001')
    void saysWhatItCannotEvaluate(String query, String message) {
        assertThatThrownBy(() -> value(query.strip())).isInstanceOf(QError.class).hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{x+y}/[til 9000000]", "sum til 9000000 cross til 9000000", "{.z.s x}1", "(til 3000) cross til 9000",
        "raze {til 100000} each til 100000"})
    void stopsWhatTakesTooMuch(String query) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> new Interpreter(WORLD, NOW, new Budget(Connector.Limits.of(1, 300))).evaluate(QParse.of(query).tree()))
                .isInstanceOfAny(QError.class, Connector.QueryTimeoutException.class);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void endsWhenItsCallerIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> value("sum til 1000000")).isInstanceOf(Connector.QueryCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Keeps what it is given. */
    private static final class Kept implements Connector.RowSink {

        private final List<String> columns = new ArrayList<>();
        private final List<List<Object>> rows = new ArrayList<>();

        @Override
        public void columns(List<ResultTable.ResultColumn> head) {
            head.forEach(column -> columns.add(column.name() + " " + column.type()));
        }

        @Override
        public void row(List<Object> values) {
            rows.add(values);
        }
    }

    @Test
    void givesRowsWithTheTypesOfQ() {
        Kept kept = new Kept();
        QResults.stream(value("select first sym, first price, n:count i, last time, d:.z.d by g:size>2 from t"),
                Connector.Limits.of(10, 1_000), kept);
        assertThat(kept.columns).containsExactly("g boolean", "sym symbol", "price float", "n long", "time time", "d date");
        assertThat(kept.rows.get(0)).containsExactly(false, "b", 10.0, 3L, LocalTime.of(11, 0), LocalDate.of(2026, 11, 21));
    }

    @Test
    void keepsNullsAndCutsRows() {
        Kept kept = new Kept();
        assertThat(QResults.stream(value("select price, size from t"), Connector.Limits.of(4, 1_000), kept)).isTrue();
        assertThat(kept.rows).hasSize(4);
        assertThat(kept.rows.get(3).get(0)).isNull();
    }
}
