package io.dragoman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.QueryFeatures.TableRead;
import io.dragoman.dialect.QueryFeatures.Token;
import io.dragoman.dialect.TestSchema;
import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.security.Role;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRulesTest {

    private final Dialect sql = new PostgreSqlDialect();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "blocked_keywords: [DROP, FULL] | select dropped_at, 'drop', 'full join' as first from t -- drop full",
        "blocked_keywords: [FIRST, LAST, KEY] | select t.first, t.last as key from t",
        "blocked_keywords: [REPLACE] | select replace(name, 'a', 'b') from t",
        "blocked_tables: [orders] | select o.total as orders from sales o where o.note = 'orders'",
        "blocked_tables: [orders] | with orders as (select 1 as n) select n from orders",
        "blocked_tables: [hr.*] | select id from salaries",
        "blocked_tables: [hr.salaries] | select id from public.salaries",
        "blocked_columns: [people.ssn] | select ssn from orders",
        "blocked_columns: [people.ssn] | select count(*) from people",
        "blocked_columns: ['*.ssn'] | select ssn_known from people",
        "blocked_patterns: ['CROSS JOIN'] | select \"cross\", 'cross join' from a join b on true",
        "max_complexity: 5 | select 1 from a join b on true join c on true"})
    void letsPass(String rule, String query) {
        assertThat(broken(rule, query)).as(query).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "BLOCKED_KEYWORD | blocked_keywords: [full] | select 1 from a full outer join b on true",
        "BLOCKED_KEYWORD | blocked_keywords: [RECURSIVE] | with/**/ReCuRsIvE t as (select 1) select 1 from t",
        "BLOCKED_TABLE | blocked_tables: [orders] | select 1 from public.\"Orders\" o",
        "BLOCKED_TABLE | blocked_tables: [hr.*] | select id from hr.salaries",
        "BLOCKED_TABLE | blocked_tables: [hr.salaries] | select id from salaries",
        "BLOCKED_TABLE | blocked_tables: ['*_log'] | select (select count(*) from access_log)",
        "BLOCKED_TABLE | blocked_tables: [orders] | with orders as (select * from orders) select 1 from orders",
        "BLOCKED_COLUMN | blocked_columns: [people.ssn] | select t.x from (select p.ssn x from people p) t",
        "BLOCKED_COLUMN | blocked_columns: [people.ssn] | select * from people",
        "BLOCKED_COLUMN | blocked_columns: ['*.ssn'] | select * from people",
        "BLOCKED_COLUMN | blocked_columns: [ssn] | select id from people where ssn is null",
        "BLOCKED_COLUMN | blocked_columns: ['people.s*'] | select people from people",
        "BLOCKED_PATTERN | blocked_patterns: ['CROSS JOIN'] | select 1 from a cross /* x */ join b",
        "BLOCKED_PATTERN | blocked_patterns: ['select * ... order by <number>'] | SELECT * FROM t WHERE x ORDER BY 2",
        "BLOCKED_PATTERN | blocked_patterns: [\"like '%*'\"] | select 1 from t where a LIKE '%x'",
        "BLOCKED_PATTERN | blocked_patterns: ['now ( )'] | select now()",
        "TOO_COMPLEX | max_complexity: 4 | select 1 from a join b on true join c on true"})
    void refuses(String code, String rule, String query) {
        assertThat(broken(rule, query)).as(query).extracting(Finding::code).contains(code);
    }

    @Test
    void looksUpColumnsInTheSchemaGroup() {
        SchemaGroup schema = TestSchema.of("people: id integer!, ssn text", "orders: id integer!, person_id integer");
        PolicyRules rules = rules("blocked_columns: ['*.ssn']");
        String orders = "select * from orders";
        assertThat(PolicyChecks.of(rules, orders, sql.inspect(orders, schema).features())).isEmpty();
        String both = "select * from orders join people on people.id = person_id";
        assertThat(PolicyChecks.of(rules, both, sql.inspect(both, schema).features())).extracting(Finding::message)
                .containsExactly("The whole rows of people are read, and the policy blocks *.ssn; name the columns that are wanted");
    }

    @Test
    void explainsTheComplexity() {
        assertThat(broken("max_complexity: 9", "select (select 1) from a join b on true").get(0).message())
                .isEqualTo("The complexity of the query is 11 (1 + 1 join × 2 + 1 subquery × 3 + 1 level × 5), and the policy allows 9");
    }

    @Test
    void holdsQueriesInQToTheSame() {
        PolicyRules rules = rules("blocked_columns: [trade.price]\n  blocked_keywords: [xasc]\n  blocked_patterns: ['fby']");
        Dialect q = new QDialect();
        for (String query : List.of("select from trade", "select price from trade", "select sym from `price xdesc trade",
                "aj[`sym`time;trade;quote]", "select sym from trade where size=(max;size) fby sym")) {
            assertThat(PolicyChecks.of(rules, query, q.inspect(query, null).features())).as(query).isNotEmpty();
        }
        for (String query : List.of("select sym, size from trade", "count trade", "select bid from quote")) {
            assertThat(PolicyChecks.of(rules, query, q.inspect(query, null).features())).as(query).isEmpty();
        }
    }

    @Test
    void ofAllSectionsTheStrictestWins() {
        PolicyDocument policy = PolicyReader.read("""
                defaults: {max_rows: 500, max_complexity: 50, blocked_tables: [a], system_catalogues: true}
                roles:
                  asker: {max_rows: 1000, max_complexity: 10, blocked_tables: [b]}
                  curator: {max_rows: 100}
                schema_groups:
                  bank: {max_cost: 7, system_catalogues: false, require_approval: true}
                """);
        PolicyRules asker = policy.rules(Set.of(Role.ASKER), List.of("bank"));
        assertThat(asker.maxRows()).isEqualTo(500);
        assertThat(asker.maxComplexity()).isEqualTo(10);
        assertThat(asker.blockedTables()).extracting(NamePattern::toString).containsExactly("a", "b");
        assertThat(asker.maxCost()).isEqualTo(7);
        assertThat(asker.allowsSystemCatalogues()).isFalse();
        assertThat(asker.requireApproval().always()).isTrue();
        PolicyRules both = policy.rules(Set.of(Role.ASKER, Role.CURATOR), List.of());
        assertThat(both.maxRows()).isEqualTo(100);
        assertThat(both.allowsSystemCatalogues()).isTrue();
        assertThat(policy.rules(Set.of(Role.ADMIN), List.of("retail")).maxRows()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "defaults: {max_row: 5} | defaults.max_row | did you mean 'max_rows'",
        "default: {} | default | did you mean 'defaults'",
        "defaults: {max_rows: many} | defaults.max_rows | whole number from 1",
        "defaults: {max_rows: 0} | defaults.max_rows | whole number from 1",
        "defaults: {max_rows: '5'} | defaults.max_rows | whole number",
        "defaults: {max_cost: -1} | defaults.max_cost | above 0",
        "defaults: {max_cost: .inf} | defaults.max_cost | above 0",
        "defaults: {system_catalogues: maybe} | defaults.system_catalogues | true or false",
        "defaults: {blocked_tables: orders} | defaults.blocked_tables | has to be a list",
        "defaults: {blocked_tables: [orders, {a: b}]} | defaults.blocked_tables[1] | has to be a text",
        "defaults: {blocked_tables: ['a..b']} | defaults.blocked_tables[0] | dots between",
        "defaults: {blocked_tables: ['']} | defaults.blocked_tables[0] | name a table",
        "defaults: {blocked_columns: ['a.b.c.d.e']} | defaults.blocked_columns[0] | four parts",
        "defaults: {blocked_keywords: ['CROSS JOIN']} | defaults.blocked_keywords[0] | blocked_patterns",
        "defaults: {blocked_patterns: ['...']} | defaults.blocked_patterns[0] | every query",
        "defaults: {blocked_patterns: [\"'x\"]} | defaults.blocked_patterns[0] | not closed",
        "defaults: {blocked_patterns: ['<word>']} | defaults.blocked_patterns[0] | none of <keyword>",
        "defaults: {require_approval: {above: 3}} | defaults.require_approval.above | not known",
        "defaults: {require_approval: yes} | defaults.require_approval | true or false",
        "defaults: {require_approval: on} | defaults.require_approval | true or false",
        "defaults: {require_approval: []} | defaults.require_approval | has to be a mapping",
        "roles: {boss: {}} | roles.boss | is no role",
        "defaults: [] | defaults | mapping",
        "defaults: {max_rows: 1, max_rows: 2} | defaults.max_rows | twice",
        "a text | policy | mapping"})
    void saysWhichFieldIsWrong(String yaml, String field, String problem) {
        assertThatThrownBy(() -> PolicyReader.read(yaml)).isInstanceOfSatisfying(PolicyException.class, thrown -> {
            assertThat(thrown.field()).isEqualTo(field);
            assertThat(thrown.getMessage()).contains(problem);
            assertThat(thrown.line()).isEqualTo(1);
            assertThat(thrown.column()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults: {", "a: b: c", "\t- x", "&a [*a, *a]", "!!javax.script.ScriptEngineManager []",
        "defaults: &d {max_rows: *d}", "{{{{{{{{{{{{{{{{a}}}}}}}}}}}}}}}}", "--- a\n--- b", "\u0000"})
    void refusesWhatIsNoPolicyWithoutHarm(String text) {
        assertThatThrownBy(() -> PolicyReader.read(text)).isInstanceOf(PolicyException.class);
    }

    @Test
    void readsTheShippedPolicyAndWhatItWrites() {
        PolicyDocument shipped = PolicyReader.read(PolicyFile.shipped());
        assertThat(shipped.defaults().maxComplexity()).isEqualTo(100);
        assertThat(PolicyReader.read(PolicyWriter.yaml(shipped))).isEqualTo(shipped);
    }

    @Test
    void aWildcardInAQueryReadsEachTableThatItStandsFor() {
        assertThat(NamePattern.table("events_2024").matchesName("sales.events_*")).isTrue();
        assertThat(NamePattern.table("event*2024").matchesName("events_*")).isTrue();
        assertThat(NamePattern.table("orders").matchesName("events_*")).isFalse();
    }

    @Test
    void noPatternTakesLong() {
        List<Token> many = IntStream.range(0, 50_000).mapToObj(i -> new Token(Token.Kind.IDENTIFIER, "a", i)).toList();
        TokenPattern hostile = TokenPattern.of("a a a a a a a a a a a ... a a a a a a a a a a a a b");
        NamePattern name = NamePattern.table("*a*a*a*a*a*a*a*a*b*");
        Glob glob = new Glob("*a*a*a*a*a*a*a*b");
        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            assertThat(hostile.find(many)).isNull();
            assertThat(name.matches(new TableRead("a".repeat(100_000), null, null, 0))).isFalse();
            assertThat(glob.matches("a".repeat(1_000_000))).isFalse();
        });
    }

    private List<Finding> broken(String rule, String query) {
        assertThat(sql.inspect(query, null).findings()).as(query).isEmpty();
        return PolicyChecks.of(rules(rule), query, sql.inspect(query, null).features());
    }

    private static PolicyRules rules(String rule) {
        return PolicyReader.read("defaults:\n  " + rule).defaults();
    }
}
