package io.dragoman.schema.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Rejection;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFormatTest {

    @Test
    void readsTheJsonOfTheUploadCall() {
        SchemaDocument document = json("""
                {"schema_group_name": "production", "schema_data": {
                  "dialect": "q", "datasource": "markets",
                  "tables": [
                    {"table_name": "trade", "description": "every trade", "synonyms": ["deals"], "row_count": 12,
                     "columns": [
                       {"name": "sym", "type": "symbol", "description": "ticker", "sample_values": ["AAPL", 7, true]},
                       {"column_name": "id", "data_type": "long", "primary_key": true}]},
                    {"name": "quote", "columns": {"sym": "symbol", "bid": {"type": "float", "nullable": false}}}],
                  "relationships": [
                    {"source_table": "trade", "target_table": "quote", "relationship_type": "as_of",
                     "join_keys": {"source_key": "sym", "target_key": "sym"}}],
                  "examples": [{"question": "Show trades", "query": "select from trade", "dialect": "q"}],
                  "directives": [{"directive_key": "vwap", "directive_value": "Volume weighted average price",
                                  "context": "sum(price*volume)/sum(volume)"}],
                  "synonyms": {"ticker": "trade.sym"}}}""");

        assertThat(document.rejected()).isEmpty();
        assertThat(document.groupName()).isEqualTo("production");
        assertThat(document.definitions()).singleElement().satisfies(definition -> {
            assertThat(definition.dialect()).isEqualTo("q");
            assertThat(definition.datasource()).isEqualTo("markets");
        });
        assertThat(document.tables().get(0).value()).isEqualTo(new TableDefinition(null, null, "trade", "every trade",
                List.of("deals"), List.of(
                        new ColumnDefinition("sym", "symbol", "ticker", true, false, List.of(),
                                List.of("AAPL", "7", "true"), null),
                        new ColumnDefinition("id", "long", null, false, true, List.of(), List.of(), null)), 12L));
        assertThat(document.tables().get(1).value().columns()).extracting(ColumnDefinition::type)
                .containsExactly("symbol", "float");
        assertThat(document.relationships().get(0).value()).isEqualTo(
                new Relationship(null, "trade", List.of("sym"), "quote", List.of("sym"), "as_of"));
        assertThat(document.directives().get(0).value().key()).isEqualTo("vwap");
        assertThat(document.examples().get(0).value().query()).isEqualTo("select from trade");
        assertThat(document.synonyms().get(0).value().target()).isEqualTo("trade.sym");
    }

    @Test
    void readsTheYamlOfSeveralDatabases() {
        SchemaDocument document = yaml("""
                schema_group_name: bank
                databases:
                  customer_db:
                    description: Who the customers are
                    dialect: postgresql
                    schemas:
                      public:
                        tables:
                          customers:
                            description: "Customer information"
                            columns:
                              - name: customer_id
                                type: VARCHAR(50)
                                nullable: false
                                primary_key: true
                              - name: branch
                                type: INT
                                references: branches.id
                                sample_values: [1, 2, null]
                      audit:
                        tables:
                          log: {columns: [{name: id, type: int}]}
                  loans_db:
                    tables:
                      loans:
                        columns: {id: int, customer_id: varchar}
                        foreign_keys:
                          - {columns: [customer_id], referenced_table: customer_db.customers,
                             referenced_columns: [customer_id]}
                """);

        assertThat(document.rejected()).isEmpty();
        assertThat(document.tables()).extracting(part -> part.value().definition() + "/" + part.value().name())
                .containsExactly("customer_db/customers", "customer_db/audit.log", "loans_db/loans");
        assertThat(document.tables().get(0).value().columns().get(1).sampleValues()).containsExactly("1", "2");
        assertThat(document.relationships()).extracting(Part::value).extracting(Relationship::sourceTable)
                .containsExactly("customer_db.customers", "loans_db.loans");
        assertThat(document.definitions()).hasSize(2);
    }

    @Test
    void saysLineColumnAndPathOfWhatItRejects() {
        SchemaDocument document = json("""
                {"tables": [
                  {"name": "a", "columns": [{"name": "id"}]},
                  {"name": 5, "columns": []},
                  {"columns": [{"type": "int"}]},
                  {"name": "d"},
                  {"name": "e", "columns": [{"name": "x", "nullable": "maybe"}, "y"]},
                  "f"],
                 "examples": [{"question": "q"}],
                 "relationships": [{"source_table": "a", "target_table": "a"}]}""");

        assertThat(document.tables()).extracting(part -> part.value().name()).containsExactly("a");
        assertThat(document.rejected()).containsExactly(
                new Rejection(3, 12, "tables[1].name", "has to be text"),
                new Rejection(4, 3, "tables[2].name", "is missing"),
                new Rejection(4, 16, "tables[2].columns[0].name", "is missing"),
                new Rejection(5, 3, "tables[3].columns", "is missing"),
                new Rejection(6, 55, "tables[4].columns[0].nullable", "has to be true or false"),
                new Rejection(6, 65, "tables[4].columns[1]", "has to be an object with a name and a type"),
                new Rejection(7, 3, "tables[5]", "has to be an object with a name and columns"),
                new Rejection(9, 20, "relationships[0].join_keys", "is missing"),
                new Rejection(8, 15, "examples[0].query", "is missing"));
    }

    @Test
    void refusesTextsAndNamesThatCannotBeStored() {
        SchemaDocument document = json("{\"tables\": [{\"name\": \"" + "n".repeat(1_000_000)
                + "\", \"columns\": [{\"name\": \"a\\u0000b\"}, {\"name\": \"\\ud800\"}, {\"name\": \"c\", \"description\": \""
                + "d".repeat(10_001) + "\"}]}]}");

        assertThat(document.rejected()).extracting(Rejection::reason).containsExactly("is longer than 255 characters",
                "holds a NUL character", "holds half of a surrogate pair, which is not a character",
                "is longer than 10000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"tables\": [}", "[1,", "{\"a\":1,\"a\":2}", "{} {}", "nul"})
    void saysWhereJsonIsMalformed(String text) {
        Map<String, Object> details = refused(() -> json(text)).failure().details();

        assertThat(details).containsEntry("field", "body").containsKeys("line", "column");
    }

    @Test
    void saysWhereYamlIsMalformed() {
        Map<String, Object> details = refused(() -> yaml("tables:\n  - name: a\n   columns: [\n")).failure().details();

        assertThat(details).containsEntry("line", 3);
    }

    @Test
    void refusesDeepNestingInsteadOfOverflowing() {
        assertThat(refused(() -> json("[".repeat(100_000))).failure().code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(() -> yaml("[".repeat(100_000))).failure().code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(() -> json("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000))).failure().code())
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void refusesAliasesWithWhichYamlBombsAreMade() {
        String bomb = """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                tables: [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                """;

        assertThat(refused(() -> yaml(bomb))).hasMessageContaining("alias").hasMessageContaining("line 2");
    }

    @Test
    void refusesWhatIsNotUtf8AndSaysInWhichLine() {
        byte[] latin = "{\"tables\":\n[\"caf\u00e9\"]}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refused(() -> SchemaFormat.JSON.read(latin)).failure().details()).containsEntry("line", 2);
    }

    @Test
    void takesAByteOrderMark() {
        assertThat(json("\uFEFF{\"tables\": []}").rejected()).isEmpty();
    }

    @Test
    void refusesMoreThanItCanHold() {
        String values = "{\"x\":[" + "1,".repeat(2_000_001) + "1]}";

        assertThat(refused(() -> json(values))).hasMessageContaining("more than 2000000 values");
        assertThat(refused(() -> SchemaFormat.JSON.read(new byte[20 * 1024 * 1024 + 1])).failure().code())
                .isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void yamlTagsMakeNoObjects() {
        SchemaDocument document = yaml("tables: !!javax.script.ScriptEngineManager [x]\n");

        assertThat(document.rejected()).extracting(Rejection::path).containsExactly("tables[0]");
    }

    @Test
    void knowsFormatsByMediaType() {
        assertThat(SchemaFormat.of("application/x-yaml; charset=utf-8")).isEqualTo(SchemaFormat.YAML);
        assertThat(SchemaFormat.of(null)).isEqualTo(SchemaFormat.JSON);
        assertThat(refused(() -> SchemaFormat.of("image/png")).failure().code())
                .isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }

    private static FailureException refused(ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call);
    }

    private static SchemaDocument json(String text) {
        return SchemaFormat.JSON.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SchemaDocument yaml(String text) {
        return SchemaFormat.YAML.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
