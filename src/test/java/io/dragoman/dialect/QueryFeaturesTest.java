package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.QueryFeatures.Complexity;
import io.dragoman.dialect.QueryFeatures.Token;
import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFeaturesTest {

    private final Dialect sql = new PostgreSqlDialect();
    private final Dialect q = new QDialect();

    @ParameterizedTest
    @ValueSource(strings = {
        "select ssn from people",
        "select p.ssn from people p",
        "select \"ssn\" from people",
        "select upper(p.ssn) as shown from people as p",
        "select id from people where ssn like '1%'",
        "select id from people order by ssn",
        "select count(*) from people group by ssn",
        "select id from people having max(ssn) > '1'",
        "select x from (select ssn as x from people) t",
        "with t as (select ssn as x from people) select x from t",
        "with people as (select ssn from people) select * from people",
        "with recursive t as (select ssn from people union all select x.ssn from people x) select 1 from t",
        "select (select max(ssn) from people) from orders",
        "select id from orders where exists (select 1 from people where ssn = '1')",
        "select o.id from orders o, lateral (select ssn from people) t",
        "select id from orders union select ssn from people",
        "select id from orders join people using (ssn)",
        "select (select p.ssn) from people p",
        "select 1 from orders limit (select max(ssn)::int from people)",
        "select sum(id) over (partition by ssn) from people",
        "select distinct on (ssn) id from people",
        "select id from people where id in (select id from orders where ssn = '1')",
        "select x.ssn from (people join orders on true) x"})
    void seesAColumnWhereverItIsRead(String query) {
        assertThat(columns(sql, query)).as(query).contains("people.ssn");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select * from people",
        "select p.* from people p",
        "select p from people p",
        "select * from (select * from people) t",
        "with t as (select * from people) select id from t",
        "select json_agg(p) from people p",
        "select count(p.*) from people p",
        "select o.id from orders o natural join people",
        "select * from orders, people"})
    void seesThatWholeRowsAreRead(String query) {
        assertThat(columns(sql, query)).as(query).contains("people.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select id, 'ssn' from people",
        "select count(*) from people",
        "select id as ssn_known from people",
        "select o.ssn from orders o join people p on p.id = o.id",
        "select id /* ssn */ from people -- ssn",
        "select t.ssn from (select id as ssn from people) t"})
    void doesNotTakeOtherThingsForTheColumn(String query) {
        assertThat(columns(sql, query)).as(query).doesNotContain("people.ssn", "people.*");
    }

    @Test
    void tellsKeywordsFromNamesAndStrings() {
        QueryFeatures features = sql.inspect("select dropped_at as first, 'cross join', t.last, u.\"join\""
                + " from t full join u on true", null).features();
        assertThat(words(features, Token.Kind.KEYWORD)).containsExactly("select", "as", "from", "full", "join", "on", "true");
        assertThat(words(features, Token.Kind.IDENTIFIER)).contains("dropped_at", "first", "last", "join", "t", "u");
        assertThat(words(features, Token.Kind.STRING)).containsExactly("cross join");
    }

    @Test
    void countsWhatMakesAQueryComplex() {
        assertThat(complexity(sql, "select 1")).isEqualTo(new Complexity(0, 0, 0, 1));
        assertThat(complexity(sql, "select * from a join b on true, c")).isEqualTo(new Complexity(2, 0, 0, 1));
        assertThat(complexity(sql, "select 1 union select 2 except select 3")).isEqualTo(new Complexity(0, 0, 2, 1));
        Complexity nested = complexity(sql, "with t as (select 1) select (select max(x) from (select 2 as x) y) from t");
        assertThat(nested).isEqualTo(new Complexity(0, 3, 0, 3));
        assertThat(nested.explained()).isEqualTo("20 (1 + 3 subqueries × 3 + 2 levels × 5)");
        assertThat(complexity(q, "select max p from select sum price by p from trade lj quote"))
                .isEqualTo(new Complexity(1, 1, 0, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select sym, price from trade",
        "select from trade where price > 10",
        "exec max price from trade",
        "select sym from `price xdesc trade",
        "select max price by sym from select sym, price from trade",
        "select sym from trade lj `sym xkey select sym, price from quote where sym in exec sym from trade"})
    void seesAColumnInQ(String query) {
        assertThat(columns(q, query)).as(query).contains("trade.price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trade", "select from trade", "select by sym from trade", "trade lj `sym xkey quote",
        "select b from `a`b xcol trade", "aj[`sym`time;trade;quote]", "10 sublist trade", "reverse trade"})
    void seesWholeRowsInQ(String query) {
        assertThat(columns(q, query)).as(query).contains("trade.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"count trade", "select sym from trade", "select max size by sym from trade lj `sym xkey quote",
        "select sym from aj[`sym`time;trade;quote]"})
    void doesNotTakeAProjectionForWholeRowsInQ(String query) {
        assertThat(columns(q, query)).as(query).doesNotContain("trade.*", "trade.price");
    }

    @Test
    void aSelfReferenceInSqliteStaysOne() {
        assertThat(new SqliteDialect().inspect("with t as (select 1 as n union all select n + 1 from t) select n from t", null)
                .tables()).isEmpty();
    }

    private static Set<String> columns(Dialect dialect, String query) {
        Inspection inspection = dialect.inspect(query, null);
        assertThat(inspection.findings()).as(query).isEmpty();
        return inspection.features().columns().stream().map(read -> read.table().written() + "." + read.column())
                .collect(Collectors.toSet());
    }

    private static Complexity complexity(Dialect dialect, String query) {
        Inspection inspection = dialect.inspect(query, null);
        assertThat(inspection.passed()).as(query + inspection.findings()).isTrue();
        return inspection.features().complexity();
    }

    private static List<String> words(QueryFeatures features, Token.Kind kind) {
        return features.tokens().stream().filter(token -> token.kind() == kind).map(Token::text).toList();
    }
}
