package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.BigQueryDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.MySqlDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaGroup;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** How long all static checks of a query of twenty lines take, against a schema, in microseconds. */
@Tag("bench")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
public class ValidationBench {

    private static final SchemaGroup SCHEMA = TestSchema.of(
            List.of(TestSchema.relationship("orders.customer_id", "customers.id"),
                    TestSchema.relationship("items.order_id", "orders.id"),
                    TestSchema.relationship("items.product_id", "products.id")),
            "customers: id integer!, name text, city text, country text, segment text, created_at timestamp",
            "orders: id integer!, customer_id integer, total numeric, status text, created_at timestamp, paid boolean",
            "items: id integer!, order_id integer, product_id integer, quantity integer, price numeric",
            "products: id integer!, name text, category text, price numeric");
    private static final SchemaGroup MARKETS = TestSchema.of("trade: date date, time time, sym symbol, price float, size long",
            "quote: date date, time time, sym symbol, bid float, ask float");
    /** Plain enough for all databases of the family. */
    private static final String SQL = """
            WITH spent AS (
              SELECT c.id, c.name, c.city, SUM(i.quantity * i.price) AS revenue, COUNT(DISTINCT o.id) AS orders
              FROM customers c
              JOIN orders o ON o.customer_id = c.id
              JOIN items i ON i.order_id = o.id
              LEFT JOIN products p ON i.product_id = p.id
              WHERE o.status IN ('done', 'shipped', 'paid')
                AND o.created_at >= '2024-01-01'
                AND o.created_at < '2025-01-01'
                AND (p.category LIKE 'Ba%' OR p.category IS NULL)
              GROUP BY c.id, c.name, c.city
              HAVING SUM(i.quantity * i.price) > 100
            )
            SELECT s.city, COUNT(*) AS customers, ROUND(AVG(s.revenue), 2) AS average,
              CASE WHEN AVG(s.revenue) > 1000 THEN 'big' WHEN AVG(s.revenue) > 500 THEN 'middle' ELSE 'small' END AS kind,
              RANK() OVER (ORDER BY AVG(s.revenue) DESC) AS place
            FROM spent s
            WHERE s.orders > 2 AND EXISTS (SELECT 1 FROM orders x WHERE x.customer_id = s.id AND x.total > s.revenue / 10)
            GROUP BY s.city
            ORDER BY average DESC LIMIT 20""";
    private static final String Q = """
            select trades:count i, open:first price, high:max price, low:min price, close:last price,
              vwap:size wavg price, volume:sum size, spread:avg ask-bid,
              big:sum size>1000, small:sum size<100, mid:avg 0.5*bid+ask,
              range:(max price)-min price,
              deviation:dev price,
              ratio:(sum price*size)%sum size,
              rich:max price*size,
              p90:max price where 0.9>rank[price]%count price
              by sym, bucket:5 xbar time.minute
              from aj[`sym`time;
                select time, sym, price, size from trade where date=.z.d, sym in `AAPL`MSFT`GOOG, size>100, price within 10 500;
                select time, sym, bid, ask from quote where date=.z.d, sym in `AAPL`MSFT`GOOG]"""
            .replace(",\n  p90:max price where 0.9>rank[price]%count price", "");

    @Param({"postgresql", "sqlite", "duckdb", "mysql", "bigquery", "q"})
    public String language;

    private Dialect dialect;
    private String query;
    private SchemaGroup schema;

    @Setup
    public void choose() {
        dialect = Stream.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(), new MySqlDialect(),
                new BigQueryDialect(), new QDialect()).filter(one -> one.name().equals(language)).findFirst().orElseThrow();
        boolean q = language.equals("q");
        query = q ? Q : SQL;
        schema = q ? MARKETS : SCHEMA;
        assertThat(dialect.inspect(query, schema).findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)).isEmpty();
    }

    @Benchmark
    public Inspection check() {
        return dialect.inspect(query, schema);
    }

    @Test
    void checksTwentyLinesWithinAMillisecond() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(ValidationBench.class.getName() + ".check")
                .build()).run();
        assertThat(results).hasSize(6).allSatisfy(result -> assertThat(result.getPrimaryResult().getStatistics()
                .getPercentile(99)).as(result.getParams().getParam("language")).isLessThan(1_000));
    }
}
