package io.dragoman.datasource;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BigQueryConnectorTest {

    private static final String NUMBER = "[{\"name\":\"n\",\"type\":\"INTEGER\",\"mode\":\"NULLABLE\"}]";

    private BigQueryWire wire;
    private Connector connector;

    @BeforeEach
    void start() throws IOException {
        wire = new BigQueryWire();
        connector = open(new Secrets(null, Map.of("access_token", "t0ken")), Map.of());
        wire.results.put("SELECT 1", new BigQueryWire.Result("SELECT", 0, NUMBER, List.of(row("1")), 0));
        wire.results.put("SELECT n", new BigQueryWire.Result("SELECT", 1_000, NUMBER,
                IntStream.range(0, 7).mapToObj(i -> row(String.valueOf(i))).toList(), 1));
        wire.results.put("SELECT slow", new BigQueryWire.Result("SELECT", 1_000, NUMBER, List.of(), Integer.MAX_VALUE));
    }

    private Connector open(Secrets secrets, Map<String, String> options, String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 4);
        all[settings.length] = "bigquery.endpoint";
        all[settings.length + 1] = wire.uri().toString();
        all[settings.length + 2] = "bigquery.token-endpoint";
        all[settings.length + 3] = wire.uri() + "/token";
        return new BigQueryConnector(new DataSourceDefinition(UUID.randomUUID(), "big", "bigquery", "bigquery://p1/d1", null,
                options, null), secrets, Settings.of(all));
    }

    private static String row(String value) {
        return "{\"f\":[{\"v\":\"" + value + "\"}]}";
    }

    @AfterEach
    void stop() {
        connector.close();
        wire.close();
    }

    @Test
    void readsResultsPageByPage() {
        ResultTable result = connector.execute("SELECT n", 100, 10_000);
        assertThat(result.rows()).extracting(values -> values.get(0)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(result.columns()).containsExactly(new ResultTable.ResultColumn("n", "INT64"));
        assertThat(result.truncated()).isFalse();
        assertThat(connector.execute("SELECT n", 5, 10_000)).matches(cut -> cut.truncated() && cut.rowCount() == 5);
        assertThat(connector.execute("SELECT n", 7, 10_000).truncated()).isFalse();
        JsonNode configuration = wire.jobs.values().iterator().next().configuration;
        assertThat(configuration.path("query").path("maximumBytesBilled").asText()).isEqualTo("10737418240");
        assertThat(configuration.path("query").path("useLegacySql").asBoolean(true)).isFalse();
        assertThat(configuration.path("query").path("defaultDataset").path("datasetId").asText()).isEqualTo("d1");
        assertThat(configuration.path("jobTimeoutMs").asText()).isEqualTo("11000");
        assertThat(wire.authorizations).containsOnly("Bearer t0ken");
    }

    @Test
    void keepsTheTypesOfValues() {
        String fields = """
                [{"name":"a","type":"INTEGER"},{"name":"b","type":"NUMERIC"},{"name":"c","type":"STRING"},{"name":"d","type":"BOOLEAN"},
                 {"name":"e","type":"FLOAT"},{"name":"f","type":"TIMESTAMP"},{"name":"g","type":"DATE"},{"name":"h","type":"DATETIME"},
                 {"name":"i","type":"TIME"},{"name":"j","type":"BYTES"},{"name":"k","type":"INTEGER","mode":"REPEATED"},
                 {"name":"l","type":"RECORD","fields":[{"name":"x","type":"NUMERIC"},{"name":"y","type":"DATE","mode":"REPEATED"}]},
                 {"name":"m","type":"BIGNUMERIC"},{"name":"n","type":"JSON"},{"name":"o","type":"FLOAT"},{"name":"p","type":"INTERVAL"}]""";
        String row = """
                {"f":[{"v":"9007199254740993"},{"v":"2.50"},{"v":null},{"v":"true"},{"v":"0.1"},{"v":"1704067200123456"},{"v":"2024-02-29"},
                 {"v":"2024-02-29T10:00:00"},{"v":"10:00:00"},{"v":"AP8="},{"v":[{"v":"1"},{"v":"2"}]},
                 {"v":{"f":[{"v":"1.50"},{"v":[{"v":"2024-01-01"}]}]}},{"v":"123456789012345678901234567890.5"},{"v":"{\\"a\\":1}"},
                 {"v":"NaN"},{"v":"0-0 1 0:0:0"}]}""";
        wire.results.put("SELECT types", new BigQueryWire.Result("SELECT", 0, fields, List.of(row), 0));
        ResultTable result = connector.execute("SELECT types", 10, 5_000);
        assertThat(result.rows()).containsExactly(Arrays.asList(9007199254740993L, new BigDecimal("2.50"), null, true, 0.1,
                OffsetDateTime.parse("2024-01-01T00:00:00.123456Z"), LocalDate.of(2024, 2, 29),
                LocalDateTime.of(2024, 2, 29, 10, 0), LocalTime.of(10, 0), "0x00ff", "[1,2]",
                "{\"x\":1.50,\"y\":[\"2024-01-01\"]}", new BigDecimal("123456789012345678901234567890.5"), "{\"a\":1}", "NaN",
                "0-0 1 0:0:0"));
        assertThat(result.columns()).extracting(ResultTable.ResultColumn::type).contains("ARRAY<INT64>",
                "STRUCT<x NUMERIC, y ARRAY<DATE>>");
        assertThat(connector.sortableColumns("SELECT types", 5_000)).doesNotContain(11, 12, 14).contains(1, 13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "SCRIPT", "CREATE_TABLE", "INSERT", "EXPORT_DATA", "CALL", ""})
    void runsNothingThatBigQueryDoesNotTakeForOneSelect(String statementType) {
        wire.results.put("WITH hidden", new BigQueryWire.Result(statementType, 0, NUMBER, List.of(row("1")), 0));
        assertThatThrownBy(() -> connector.execute("WITH hidden", 1, 5_000)).isInstanceOf(Connector.QueryFailedException.class);
        assertThat(wire.jobs).isEmpty();
    }

    @Test
    void runsNothingThatWouldReadMoreThanMayBeBilled() {
        wire.results.put("SELECT all", new BigQueryWire.Result("SELECT", 20_000_000_000L, NUMBER, List.of(), 0));
        assertThatThrownBy(() -> connector.execute("SELECT all", 1, 5_000)).isInstanceOf(Connector.QueryFailedException.class)
                .hasMessageContaining("20000000000 bytes");
        Connector small = open(new Secrets(null, Map.of("access_token", "t")), Map.of("maximum_bytes_billed", "500"));
        assertThatThrownBy(() -> small.execute("SELECT n", 1, 5_000)).hasMessageContaining("at most 500");
        assertThat(wire.jobs).isEmpty();
        assertThat(connector.estimate("SELECT all", 5_000).bytes()).isEqualTo(20_000_000_000L);
    }

    @Test
    void cancelsTheJobWhoseTimeIsOver() throws Throwable {
        atLeastOnce(() -> {
            wire.jobs.clear();
            long start = System.nanoTime();
            assertThatThrownBy(() -> connector.execute("SELECT slow", 1, 700)).isInstanceOf(Connector.QueryTimeoutException.class)
                    .hasMessageContaining("700 ms");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_700);
        });
        assertThat(wire.jobs.values()).singleElement().matches(job -> job.cancelled);
    }

    @Test
    void cancelsTheJobOfACallerWhoCancelsOrHangsUp() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread canceller = new Thread(() -> {
            while (wire.jobs.isEmpty()) {
                Thread.onSpinWait();
            }
            cancellation.cancel();
        });
        canceller.start();
        assertThatThrownBy(() -> connector.execute("SELECT slow", new Connector.Limits(1, 1_000, 30_000, 30_000, cancellation)))
                .isInstanceOf(Connector.QueryCancelledException.class);
        canceller.join();
        assertThat(wire.jobs.values()).singleElement().matches(job -> job.cancelled);
        wire.jobs.clear();
        Thread interrupted = new Thread(() -> assertThatThrownBy(() -> connector.execute("SELECT slow", 1, 30_000))
                .isInstanceOf(Connector.QueryCancelledException.class));
        interrupted.start();
        eventually(() -> !wire.jobs.isEmpty());
        interrupted.interrupt();
        interrupted.join(20_000);
        assertThat(wire.jobs.values()).singleElement().matches(job -> job.cancelled);
    }

    @Test
    void saysWhatBigQueryRefuses() {
        assertThatThrownBy(() -> connector.execute("SELECT nope", 1, 5_000)).isInstanceOf(Connector.QueryFailedException.class)
                .hasMessageContaining("Unrecognized name");
        assertThat(connector.check("SELECT nope", 5_000)).contains("Unrecognized name");
        assertThat(connector.check("SELECT n", 5_000)).isNull();
        wire.results.put("SELECT secret", new BigQueryWire.Result("SELECT", 0, "", List.of(), 0));
        assertThatThrownBy(() -> connector.execute("SELECT secret", 1, 5_000)).hasMessageContaining("Access Denied");
    }

    @Test
    void triesAgainWhenItIsBusyAndStartsNoJobTwice() {
        wire.failures.addAll(List.of(new int[] {503}, new int[] {429}));
        assertThat(connector.execute("SELECT n", 100, 10_000).rows()).hasSize(7);
        assertThat(wire.jobs).hasSize(1);
        wire.failures.addAll(List.of(new int[] {403}, new int[] {500}));
        connector.ping();
        wire.failures.addAll(List.of(new int[] {503}, new int[] {503}, new int[] {503}));
        assertThatThrownBy(connector::ping).isInstanceOf(Connector.UnavailableException.class).hasMessageContaining("503");
        wire.failures.add(new int[] {429, 3_600});
        assertThatThrownBy(connector::ping).isInstanceOf(Connector.UnavailableException.class).hasMessageContaining("429");
    }

    @Test
    void saysThatNobodyListens() {
        wire.close();
        assertThatThrownBy(connector::ping).isInstanceOf(Connector.UnavailableException.class).message().doesNotContain("t0ken");
    }

    @Test
    void exchangesTheKeyOfAServiceAccountForAToken() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        String key = BigQueryWire.JSON.writeValueAsString(Map.of("client_email", "me@p1.example", "private_key", pem,
                "token_uri", "http://evil.example/token"));
        Connector account = open(new Secrets(null, Map.of("credentials", key)), Map.of());
        account.ping();
        account.ping();
        assertThat(wire.assertions).hasSize(1);
        assertThat(wire.authorizations).containsOnly("Bearer exchanged");
        String[] parts = wire.assertions.get(0).split("\\.");
        JsonNode claims = BigQueryWire.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("me@p1.example");
        assertThat(claims.path("aud").asText()).isEqualTo(wire.uri() + "/token");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThatThrownBy(open(new Secrets(null, Map.of("credentials", "{\"private_key\":\"s3cret\"}")), Map.of())::ping)
                .isInstanceOf(Connector.UnavailableException.class).message().doesNotContain("s3cret");
        assertThatThrownBy(open(Secrets.NONE, Map.of())::ping).hasMessageContaining("credentials");
    }

    @Test
    void readsTheCatalogue() {
        wire.resources.put("/datasets/d1/tables", "{\"tables\":[{\"tableReference\":{\"tableId\":\"customer\"}}],"
                + "\"nextPageToken\":\"two\"}");
        wire.resources.put("/datasets/d1/tables?two", "{\"tables\":[{\"tableReference\":{\"tableId\":\"orders\"}}]}");
        wire.resources.put("/datasets/d1/tables/customer", "{\"type\":\"TABLE\",\"numRows\":\"2\",\"schema\":{\"fields\":"
                + "[{\"name\":\"id\",\"type\":\"INTEGER\",\"mode\":\"REQUIRED\"},{\"name\":\"city\",\"type\":\"STRING\","
                + "\"description\":\"Where\"}]},\"tableConstraints\":{\"primaryKey\":{\"columns\":[\"id\"]}}}");
        wire.resources.put("/datasets/d1/tables/customer/data", "{\"rows\":[{\"f\":[{\"v\":\"1\"},{\"v\":\"Rome\"}]},"
                + "{\"f\":[{\"v\":\"2\"},{\"v\":\"Oslo\"}]}]}");
        wire.resources.put("/datasets/d1/tables/orders", "{\"type\":\"VIEW\",\"description\":\"What was ordered\",\"schema\":"
                + "{\"fields\":[{\"name\":\"customer_id\",\"type\":\"INTEGER\"},{\"name\":\"tags\",\"type\":\"STRING\",\"mode\":"
                + "\"REPEATED\"}]},\"tableConstraints\":{\"foreignKeys\":[{\"referencedTable\":{\"tableId\":\"customer\"},"
                + "\"columnReferences\":[{\"referencingColumn\":\"customer_id\",\"referencedColumn\":\"id\"}]}]}}");
        Connector.Catalogue catalogue = connector.introspect(true);
        assertThat(catalogue.tables()).extracting(TableDefinition::name).containsExactly("customer", "orders");
        TableDefinition customer = catalogue.tables().get(0);
        assertThat(customer.rowCount()).isEqualTo(2);
        assertThat(customer.column("id").orElseThrow()).matches(column -> column.primaryKey() && !column.nullable());
        assertThat(customer.column("city").orElseThrow().sampleValues()).containsExactly("Oslo", "Rome");
        assertThat(customer.column("city").orElseThrow().description()).isEqualTo("Where");
        assertThat(catalogue.tables().get(1).description()).isEqualTo("What was ordered");
        assertThat(catalogue.tables().get(1).column("tags").orElseThrow().type()).isEqualTo("ARRAY<STRING>");
        assertThat(catalogue.relationships()).containsExactly(
                new Relationship(null, "orders", List.of("customer_id"), "customer", List.of("id"), "many_to_one"));
    }

    @Test
    void takesOnlyProjectsAndDatasets() {
        BigQueryConnectorFactory factory = new BigQueryConnectorFactory(Settings.of());
        assertThat(factory.address("bigquery://my-project/shop", Map.of("location", "EU", "maximum_bytes_billed", "100")).url())
                .isEqualTo("bigquery://my-project/shop");
        for (String wrong : List.of("bigquery://p", "bigquery://p/d/t", "bigquery://p/..", "bigquery://p/d?endpoint=http://x",
                "bigquery://../d", "https://p/d", "bigquery://p/d%2f..", "bigquery:///d")) {
            assertThatThrownBy(() -> factory.address(wrong, Map.of())).as(wrong).isInstanceOf(FailureException.class);
        }
        assertThatThrownBy(() -> factory.address("bigquery://p/d", Map.of("endpoint", "http://x")))
                .isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> factory.address("bigquery://p/d", Map.of("location", "EU&x=1")))
                .isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> factory.address("bigquery://p/d", Map.of("maximum_bytes_billed", "-1")))
                .isInstanceOf(FailureException.class);
    }
}
