package io.dragoman.dialect.q;

import static io.dragoman.dialect.PlanBuilder.aggregate;
import static io.dragoman.dialect.PlanBuilder.column;
import static io.dragoman.dialect.PlanBuilder.compare;
import static io.dragoman.dialect.PlanBuilder.count;
import static io.dragoman.dialect.PlanBuilder.date;
import static io.dragoman.dialect.PlanBuilder.from;
import static io.dragoman.dialect.PlanBuilder.number;
import static io.dragoman.dialect.PlanBuilder.text;
import static io.dragoman.schema.DataType.DATE;
import static io.dragoman.schema.DataType.DECIMAL;
import static io.dragoman.schema.DataType.INTEGER;
import static io.dragoman.schema.DataType.TEXT;
import static io.dragoman.schema.DataType.TIME;
import static io.dragoman.schema.DataType.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.TestSchema;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.Expression.Literal;
import io.dragoman.offline.plan.Expression.RelativeTime;
import io.dragoman.offline.plan.Expression.TimeBucket;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Expression.Window;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.LogicalPlan.SetOperation.Kind;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Renders plans as q. Every text must also parse, be safe and resolve. */
class QRendererTest {

    private static final SchemaGroup SCHEMA = TestSchema.of("trade: date date, time timespan, sym symbol, price float, size long,"
            + " at timestamp", "quote: date date, time timespan, sym symbol, bid float, ask float",
            "ref: sym symbol!, name symbol, sector symbol", "orders: id long, customer_id long, total float",
            "customers: id long, name symbol");
    private static final Column SYM = column("t.sym", TEXT);
    private static final Column PRICE = column("t.price", DECIMAL);
    private static final Column SIZE = column("t.size", INTEGER);
    private static final Column DAY = column("t.date", DATE);
    private static final Column TIME_OF_DAY = column("t.time", TIME);
    private static final Column AT = column("t.at", TIMESTAMP);
    private static final RelativeTime TODAY = new RelativeTime(TimeUnit.DAY, 0, DATE);

    private static void renders(LogicalPlan plan, String expected) {
        String query = new QDialect().render(plan);
        assertThat(query).isEqualTo(expected);
        Inspection inspection = new QDialect().inspect(query, SCHEMA);
        assertThat(inspection.findings()).as(query).isEmpty();
    }

    @Test
    void putsTheDateFirstAndWritesSymbols() {
        renders(from("trade", "t").where(compare(PRICE, ">", number("100"))).where(compare(SYM, "=", text("AAPL")))
                .where(compare(DAY, "=", TODAY)).select(SYM).select(PRICE).plan(),
                "select sym, price from trade where date=.z.d, sym=`AAPL, price>100");
        renders(from("trade", "t").where(compare(SYM, "=", text("BRK B"))).select(PRICE, "p").plan(),
                "select p:price from trade where sym=`$\"BRK B\"");
        renders(from("trade", "t").where(new Predicate.In(SYM, List.of(text("A"), text("B")))).select(SYM).plan(),
                "select sym from trade where sym in `A`B");
        renders(from("trade", "t").where(new Predicate.In(SYM, List.of(text("A"), text("B C")))).select(SYM).plan(),
                "select sym from trade where sym in `$(\"A\";\"B C\")");
    }

    @Test
    void groupsSortsAndTakes() {
        renders(from("trade", "t").groupBy(SYM).select(SYM).select(count(), "n").desc(count()).limit(10).plan(),
                "10 sublist `n xdesc select n:count i by sym from trade");
        renders(from("trade", "t").select(SYM).select(PRICE).desc(PRICE).limit(5).plan(),
                "select[5;>price] sym, price from trade");
        renders(from("trade", "t").select(SYM).desc(PRICE).limit(5).plan(),
                "select sym from select[5;>price] sym, price from trade");
        renders(from("trade", "t").groupBy(SYM).select(SYM).asc(SYM).plan(), "`sym xasc select distinct sym from trade");
        renders(from("trade", "t").select(SYM).distinct().plan(), "select distinct sym from trade");
        renders(from("trade", "t").select(SYM).select(DAY).select(PRICE).asc(SYM).desc(DAY).asc(PRICE).plan(),
                "`sym xasc `date xdesc `price xasc select sym, date, price from trade");
    }

    @Test
    void aggregatesInQsWords() {
        Arithmetic vwap = new Arithmetic(Arithmetic.Operator.DIVIDE, aggregate(Function.SUM, new Arithmetic(
                Arithmetic.Operator.MULTIPLY, PRICE, SIZE)), aggregate(Function.SUM, SIZE));
        renders(from("trade", "t").where(compare(DAY, "=", TODAY)).groupBy(SYM).select(SYM).select(vwap, "vwap").plan(),
                "select vwap:size wavg price by sym from trade where date=.z.d");
        renders(from("trade", "t").select(aggregate(Function.MEDIAN, PRICE), "m").select(aggregate(Function.STDDEV, PRICE), "s")
                .select(aggregate(Function.FIRST, PRICE), "f").select(new Expression.Aggregate(Function.COUNT, SYM, true, null),
                        "syms").plan(), "select m:med price, s:sdev price, f:first price, syms:count distinct sym from trade");
        renders(from("trade", "t").select(new Expression.Aggregate(Function.SUM, SIZE, false, compare(PRICE, ">", number("5"))),
                "big").select(new Expression.Aggregate(Function.MAX, PRICE, false, compare(SIZE, ">", number("5"))), "top").plan(),
                "select big:sum size*price>5, top:max price[where size>5] from trade");
        renders(from("trade", "t").groupBy(SYM).having(compare(count(), ">", number("5"))).select(SYM).select(count(), "n").plan(),
                "select from (select n:count i by sym from trade) where n>5");
    }

    @Test
    void bucketsTimes() {
        TimeBucket five = new TimeBucket(TimeUnit.MINUTE, 5, TIME_OF_DAY);
        renders(from("trade", "t").where(compare(SYM, "=", text("AAPL"))).groupBy(five).select(five, "minute")
                .select(aggregate(Function.FIRST, PRICE), "open").select(aggregate(Function.MAX, PRICE), "high").plan(),
                "select open:first price, high:max price by minute:5 xbar time.minute from trade where sym=`AAPL");
        TimeBucket month = new TimeBucket(TimeUnit.MONTH, 1, DAY);
        renders(from("trade", "t").groupBy(month).select(month, "month").select(aggregate(Function.SUM, SIZE), "volume").plan(),
                "select volume:sum size by month:`month$date from trade");
        TimeBucket hour = new TimeBucket(TimeUnit.HOUR, 1, AT);
        renders(from("trade", "t").groupBy(hour).select(hour, "hour").select(count(), "n").plan(),
                "select n:count i by hour:0D01:00 xbar at from trade");
    }

    @Test
    void saysRangesOfTime() {
        renders(from("trade", "t").where(new Predicate.Between(DAY, date("2024-01-01"), date("2024-01-31"), false))
                .select(SYM).plan(), "select sym from trade where date within 2024.01.01 2024.01.31");
        renders(from("trade", "t").where(new Predicate.Between(DAY, new RelativeTime(TimeUnit.MONTH, -1, DATE),
                new RelativeTime(TimeUnit.MONTH, 0, DATE), true)).select(SYM).plan(),
                "select sym from trade where date>=`date$(`month$.z.d)-1, date<`date$`month$.z.d");
        renders(from("trade", "t").where(compare(DAY, ">=", new RelativeTime(TimeUnit.DAY, -7, DATE))).select(SYM).plan(),
                "select sym from trade where date>=.z.d-7");
        renders(from("trade", "t").where(new Predicate.Between(TIME_OF_DAY, new Literal("09:30:00", TIME),
                new Literal("16:00:00", TIME), false)).select(SYM).plan(), "select sym from trade where time within 09:30 16:00");
        renders(from("trade", "t").where(compare(AT, "=", date("2024-01-01"))).select(SYM).plan(),
                "select sym from trade where (`date$at)=2024.01.01");
    }

    @Test
    void joinsByKeyedTables() {
        Column refSym = column("r.sym", TEXT);
        Column sector = column("r.sector", TEXT);
        renders(from("trade", "t").join(JoinType.LEFT, "ref", "r", SYM, refSym).where(compare(DAY, "=", TODAY))
                .groupBy(sector).select(sector).select(aggregate(Function.SUM, SIZE), "volume").plan(),
                "select volume:sum size by sector from ((select from trade where date=.z.d) lj `sym xkey select sym, sector from ref)");
        Column customer = column("o.customer_id", INTEGER);
        Column id = column("c.id", INTEGER);
        Column name = column("c.name", TEXT);
        renders(from("customers", "c").join(JoinType.INNER, "orders", "o", id, customer).groupBy(name).select(name)
                .select(aggregate(Function.SUM, column("o.total", DECIMAL)), "spent").plan(),
                "select spent:sum total by name from (orders ij `customer_id xkey select customer_id:id, name from customers)");
        renders(from("trade", "t").join(JoinType.AS_OF, "quote", "q", SYM, column("q.sym", TEXT), TIME_OF_DAY,
                column("q.time", TIME)).where(compare(DAY, "=", TODAY)).where(compare(column("q.date", DATE), "=", TODAY))
                .select(SYM).select(PRICE).select(column("q.bid", DECIMAL)).plan(),
                "select sym, price, bid from aj[`sym`time;select from trade where date=.z.d;"
                        + "select sym, time, bid from quote where date=.z.d]");
    }

    @Test
    void losesNoRowWhereTheJoinedTableHasSeveral() {
        Column refSym = column("r.sym", TEXT);
        renders(from("ref", "r").join(JoinType.INNER, "trade", "t", refSym, SYM).groupBy(column("r.sector", TEXT))
                .select(column("r.sector", TEXT)).select(aggregate(Function.SUM, SIZE), "volume").plan(),
                "select volume:sum size by sector from ej[`sym;ref;select sym, size from trade]");
        renders(from("ref", "r").join(JoinType.LEFT, "trade", "t", refSym, SYM).groupBy(refSym).select(refSym)
                .select(aggregate(Function.COUNT, PRICE), "trades").plan(), "select trades:sum not null price by sym from "
                + "(ej[`sym;ref;select sym, price from trade] uj select from ref where not sym in exec sym from trade)");
    }

    @Test
    void neverNamesAColumnLikeAFunction() {
        renders(from("trade", "t").select(count(), "count").select(aggregate(Function.MAX, PRICE), "max").plan(),
                "select n:count i, max1:max price from trade");
    }

    @Test
    void asksForMembership() {
        LogicalPlan tech = from("ref", "r").where(compare(column("r.sector", TEXT), "=", text("Tech")))
                .select(column("r.sym", TEXT)).plan();
        renders(from("trade", "t").where(new Predicate.InSubquery(SYM, tech)).where(compare(DAY, "=", TODAY)).select(SYM).plan(),
                "select sym from trade where date=.z.d, sym in exec sym from ref where sector=`Tech");
        LogicalPlan correlated = from("ref", "r").where(compare(column("r.sym", TEXT), "=", SYM)).select(column("r.sym", TEXT)).plan();
        renders(from("trade", "t").where(new Predicate.Not(new Predicate.Exists(correlated))).select(SYM).plan(),
                "select sym from trade where not sym in exec sym from ref");
        LogicalPlan average = from("trade", "u").select(aggregate(Function.AVG, column("u.price", DECIMAL))).plan();
        renders(from("trade", "t").where(compare(PRICE, ">", new Expression.ScalarSubquery(average))).select(SYM).plan(),
                "select sym from trade where price>(exec avg price from trade)");
    }

    @Test
    void matchesPatternsInAnyCase() {
        renders(from("ref", "r").where(new Predicate.Like(column("r.name", TEXT), "%App_e*%")).select(column("r.sym", TEXT)).plan(),
                "select sym from ref where lower[name] like \"*app?e[*]*\"");
        renders(from("ref", "r").where(new Predicate.Not(new Predicate.IsNull(column("r.name", TEXT)))).select(count(), "n").plan(),
                "select n:count i from ref where not null name");
    }

    @Test
    void readsArithmeticFromRightToLeft() {
        Arithmetic spread = new Arithmetic(Arithmetic.Operator.SUBTRACT, new Arithmetic(Arithmetic.Operator.SUBTRACT, PRICE,
                number("1")), new Arithmetic(Arithmetic.Operator.MULTIPLY, number("2"), SIZE));
        renders(from("trade", "t").select(spread, "x").plan(), "select x:(price-1)-2*size from trade");
        renders(from("trade", "t").where(new Predicate.Or(List.of(compare(PRICE, ">", number("5")), compare(SIZE, "<",
                number("-3"))))).select(SYM).plan(), "select sym from trade where (price>5)|size< -3");
    }

    @Test
    void comparesWithThePreviousRow() {
        Expression sum = aggregate(Function.SUM, SIZE);
        LogicalPlan.Ordering byDay = new LogicalPlan.Ordering(DAY, false);
        renders(from("trade", "t").groupBy(DAY).select(DAY).select(sum, "volume").select(new Window(Window.Function.LAG, sum,
                List.of(byDay)), "before").asc(DAY).plan(),
                "select date, volume, before:prev volume from `date xasc select volume:sum size by date from trade");
    }

    @Test
    void comparesEachGroupWithItself() {
        Expression sum = aggregate(Function.SUM, SIZE);
        Window before = new Window(Window.Function.LAG, sum, List.of(new LogicalPlan.Ordering(DAY, false)), List.of(SYM));
        renders(from("trade", "t").groupBy(DAY, SYM).select(DAY).select(SYM).select(sum, "volume").select(before, "before").asc(DAY).plan(),
                "select date, sym, volume, before:(prev;volume) fby sym from `date xasc select volume:sum size by date, sym from trade");
    }

    @Test
    void ranksGroupsWithinLargerOnes() {
        Expression sum = aggregate(Function.SUM, SIZE);
        Expression inner = aggregate(Function.SUM, column("u.size", INTEGER));
        LogicalPlan ranking = from("trade", "u").where(compare(column("u.date", DATE), "=", DAY))
                .groupBy(column("u.date", DATE), column("u.sym", TEXT)).select(inner, null).desc(inner).limit(2).plan();
        renders(from("trade", "t").groupBy(DAY, SYM).having(new Predicate.InSubquery(sum, ranking)).select(DAY).select(SYM)
                .select(sum, "volume").plan(),
                "select from (select volume:sum size by date, sym from trade) where ({x>=last 2 sublist desc x};volume) fby date");
        LogicalPlan others = from("trade", "u").where(compare(column("u.date", DATE), "=", DAY))
                .where(compare(column("u.sym", TEXT), "=", text("AAPL"))).groupBy(column("u.date", DATE), column("u.sym", TEXT))
                .select(inner, null).desc(inner).limit(2).plan();
        assertThatThrownBy(() -> new QDialect().render(from("trade", "t").groupBy(DAY, SYM)
                .having(new Predicate.InSubquery(sum, others)).select(DAY).select(SYM).select(sum, "volume").plan()))
                .isInstanceOf(CannotRenderException.class);
    }

    @Test
    void combinesTables() {
        LogicalPlan quotes = from("quote", "q").select(column("q.sym", TEXT)).plan();
        renders(from("trade", "t").select(SYM).combine(Kind.EXCEPT, quotes).asc(SYM).plan(),
                "`sym xasc (select sym from trade) except select sym from quote");
    }

    @Test
    void saysWhatCannotBeSaid() {
        assertThatThrownBy(() -> new QDialect().render(from("trade", "t").select(new Window(Window.Function.RANK, PRICE, List.of()),
                "r").plan())).isInstanceOf(CannotRenderException.class).hasMessageContaining("rank");
    }

    private static void rendersOver(SchemaGroup schema, Predicate where, String expected) {
        String query = new QDialect().render(from("company", "c").where(where).select(column("c.sym", TEXT)).plan(), schema);
        assertThat(query).isEqualTo("select sym from company where " + expected);
        assertThat(new QDialect().inspect(query, schema).findings()).as(query).isEmpty();
    }

    @Test
    void tellsStringsFromSymbols() {
        SchemaGroup schema = TestSchema.of("company: sym symbol!, name string, sector symbol, code varchar, size long");
        Column name = column("c.name", TEXT);
        Column sector = column("c.sector", TEXT);
        rendersOver(schema, compare(name, "=", text("Apple")), "name like \"Apple\"");
        rendersOver(schema, compare(sector, "=", text("Energy")), "sector=`Energy");
        rendersOver(schema, compare(column("c.code", TEXT), "=", text("A*[1]?\"")), "code like \"A[*][[]1][?]\\\"\"");
        rendersOver(schema, compare(name, "<>", text("Apple")), "not name like \"Apple\"");
        rendersOver(schema, new Predicate.In(name, List.of(text("Apple"), text("Nvidia"))),
                "(name like \"Apple\")|name like \"Nvidia\"");
        rendersOver(schema, new Predicate.Not(new Predicate.In(name, List.of(text("Apple"), text("Nvidia")))),
                "not (name like \"Apple\")|name like \"Nvidia\"");
        rendersOver(schema, new Predicate.In(sector, List.of(text("Energy"), text("Retail"))), "sector in `Energy`Retail");
    }

    @Test
    void doesNotOrderByStrings() {
        SchemaGroup schema = TestSchema.of("company: sym symbol!, name string");
        assertThatThrownBy(() -> new QDialect().render(from("company", "c").where(compare(column("c.name", TEXT), ">", text("A")))
                .select(column("c.sym", TEXT)).plan(), schema)).isInstanceOf(CannotRenderException.class);
    }
}
