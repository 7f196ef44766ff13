package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.BigQueryDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.MySqlDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How long all static checks of a query of twenty lines take, against a schema: by the clock, and in time of the processor,
 * which what else the machine does changes little.
 */
@Tag("bench")
class ValidationBench {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
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

    static List<Dialect> dialects() {
        return List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(), new MySqlDialect(),
                new BigQueryDialect(), new QDialect());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void checksTwentyLinesWithinAMillisecond(Dialect dialect) {
        boolean q = dialect.name().equals("q");
        String query = q ? Q : SQL;
        SchemaGroup schema = q ? MARKETS : SCHEMA;
        assertThat(dialect.inspect(query, schema).findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)).isEmpty();
        int times = Integer.getInteger("dragoman.bench.times", 10_000);
        for (int i = 0; i < times; i++) {
            dialect.inspect(query, schema);
        }
        long[] wall = new long[times];
        long[] cpu = new long[times];
        for (int i = 0; i < times; i++) {
            long own = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            dialect.inspect(query, schema);
            wall[i] = System.nanoTime() - start;
            cpu[i] = THREADS.getCurrentThreadCpuTime() - own;
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        int p99 = times / 100 * 99;
        System.out.printf("%s: %d lines; by the clock median %d µs, p99 %d µs; of the processor median %d µs, p99 %d µs%n",
                dialect.name(), query.lines().count(), wall[times / 2] / 1000, wall[p99] / 1000, cpu[times / 2] / 1000,
                cpu[p99] / 1000);
        assertThat(cpu[p99]).isLessThan(1_000_000);
    }
}
