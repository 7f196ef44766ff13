package io.dragoman.dialect.q;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.TestSchema;
import io.dragoman.schema.SchemaGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QInspectionTest {

    private static final SchemaGroup SCHEMA = TestSchema.of(
            "trade: date date, time timespan, sym symbol, price float, size long, note string",
            "quote: date date, time timespan, sym symbol, bid float, ask float", "ref: sym symbol!, sector symbol");
    private final QDialect q = new QDialect();

    @ParameterizedTest
    @ValueSource(strings = {
        "select from trade where date=.z.d, sym=`AAPL",
        "select vwap:size wavg price by sym from trade where date=.z.d",
        "select[10;>size] from trade",
        "10#`n xdesc select n:count i by sym from trade",
        "aj[`sym`time;select from trade where date=.z.d;select from quote where date=.z.d]",
        "exec max price by sym from trade where time within 09:30 16:00",
        "select open:first price,high:max price,low:min price,close:last price by 5 xbar time.minute from trade where sym=`AAPL",
        "select from trade where price=(max;price) fby sym",
        "select sym, mid:0.5*bid+ask, spread:ask-bid from quote where date within 2024.01.01 2024.01.31",
        "select from (select n:count i by sym from trade) where n>5",
        "(select from trade) lj `sym xkey ref",
        "exec distinct sym from trade",
        "select sum size by sym from trade where sym in exec sym from ref where sector=`Tech",
        "select {x%first x} each price by sym from trade",
        "select move:price-prev price, sums size by sym from trade",
        "select last price by date, sym from trade where i<100",
        "update2:1" })
    void readsHarmlessQueries(String query) {
        Inspection inspection = q.inspect(query, SCHEMA);
        assertThat(inspection.passed()).as("%s", inspection.findings()).isEqualTo(!query.startsWith("update2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select from trad                                 | UNKNOWN_TABLE  | 13 | trade
            select prise from trade                          | UNKNOWN_COLUMN | 8  | price
            select from trade where syn=`A                   | UNKNOWN_COLUMN | 25 | sym
            select n from (select m:count i by sym from trade) | UNKNOWN_COLUMN | 8 |
            select bid from trade                            | UNKNOWN_COLUMN | 8  |
            select from trade where sym="AAPL"               | TYPE_MISMATCH  | 25 | sym=`AAPL
            select from trade where sym in ("A";"B C")       | TYPE_MISMATCH  | 25 | sym in (`A;`$"B C")
            select from trade where sym in ("AA";"BB")       | TYPE_MISMATCH  | 25 | sym in `AA`BB
            select from trade where note=`abc                | TYPE_MISMATCH  | 25 | note like "abc"
            select from trade where price="5"                | TYPE_MISMATCH  | 25 |
            select from trade where date="2024-01-31"        | TYPE_MISMATCH  | 25 | date=2024.01.31
            select max:max price from trade                  | RESERVED_NAME  | 8  | max1
            select from trade where date>5                   |                |    |
            """)
    void findsWhatIsWrongAndSaysWhatWasMeant(String query, String code, Integer column, String suggestion) {
        Inspection inspection = q.inspect(query, SCHEMA);
        if (code == null) {
            assertThat(inspection.findings()).isEmpty();
            return;
        }
        Finding finding = inspection.findings().get(0);
        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.position().column()).isEqualTo(column);
        if (suggestion != null) {
            assertThat(finding.suggestion()).isEqualTo(suggestion);
        }
    }

    @Test
    void warnsOfWhatQReadsOtherwiseThanPeople() {
        assertThat(q.inspect("select from trade where sym=`A and price>5", SCHEMA).findings())
                .extracting(Finding::code).containsExactly("PRECEDENCE");
        assertThat(q.inspect("select from trade where sym=`A, date=.z.d", SCHEMA).findings())
                .singleElement().satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("DATE_NOT_FIRST");
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"size \"1\"", "size[\"1\"]", "{size x}\"1\"", "select {size \"1\"} each i from trade",
        "select from quote where size \"1\"", "`sym xasc size", "select (size;sym) fby sym from trade"})
    void refusesToApplyANameThatIsNoColumnWhereItStands(String query) {
        assertThat(q.inspect(query, SCHEMA).passed()).isFalse();
    }

    @Test
    void namesTheTablesThatAreRead() {
        assertThat(q.inspect("aj[`sym`time;select from trade;quote]", SCHEMA).tables()).containsExactly("trade", "quote");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select from trade                  | 100 | 0  | 100 sublist select from trade
            select from trade;                 | 100 | 50 | 50 100 sublist select from trade
            select[5;>price] from trade        | 100 | 0  | select[5;>price] from trade
            5 sublist select from trade        | 100 | 0  | 5 sublist select from trade
            500#select from trade              | 100 | 0  | 100 sublist 500#select from trade
            exec max price from trade          | 100 | 0  | exec max price from trade
            exec price from trade              | 100 | 0  | 100 sublist exec price from trade
            """)
    void limitsRowsWithoutRepeatingThem(String query, int limit, int offset, String expected) {
        assertThat(q.limit(query, limit, offset)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select from trade where (price>5   | 25
            select from                        | 12
            select price trade                 | 19
            select from trade where sym=`A)    | 31
            select "abc from trade             | 8
            1 2.3.4.5                          | 3
            """)
    void saysWhereReadingStopped(String query, int column) {
        Finding finding = q.inspect(query, SCHEMA).findings().get(0);
        assertThat(finding.code()).isEqualTo("SYNTAX_ERROR");
        assertThat(finding.position().column()).isEqualTo(column);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "?[t;enlist(=;`a;1);0b;()]", "{[x;y] a:x+y; a*2}[1;2]", "+/1 2 3", "x:1 2!`a`b", "([k:`a`b] c:1 2; d:(1;2))",
        "f each x ,' y", "a[1;2]:3", "`a`b!(1 2;0x0102)", "0Nd,0Wp,-0W,0n,0w,0Ng", "2024.01.01D10:00:00.000000000", "a -1", "a-1",
        "a - 1", "1 -2 3", "-1 _ x", "x\\:y", "(count';max)", "update a:1, b:2 by c from t where d, e", "delete a from t",
        "select a, b by c, d from select from t where e, f", "\"a\\\"b\"", "`:path/file", "'`error", "{:x}", "a::1",
        "select max a, b:c,d from t where x in `a`b, y like \"*\""})
    void printsWhatParsesToTheSameTree(String text) throws QSyntaxException {
        QNode tree = QParser.parse(text);
        assertThat(QParser.parse(QPrinter.print(tree))).isEqualTo(tree);
    }

    @Test
    void readsNegativeNumbersAndCommentsByTheSpaceBeforeThem() throws QSyntaxException {
        assertThat(QParser.parse("a-1").kind()).isEqualTo(QNode.Kind.BINARY);
        assertThat(QParser.parse("a -1").kind()).isEqualTo(QNode.Kind.APPLY);
        assertThat(QParser.parse("a /not read").kind()).isEqualTo(QNode.Kind.NAME);
        assertThat(QParser.parse("2*3+4")).isEqualTo(QParser.parse("2 * (3+4)".replace("(", "").replace(")", "")));
    }
}
