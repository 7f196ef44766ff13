package io.dragoman.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.datasource.ResultTable;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroupEditor;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.schema.TableDefinition;
import io.dragoman.storage.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The sample worlds as a first start loads them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DirtiesContext
@Timeout(120)
class SampleWorldsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @TempDir
    static Path folder;

    @Autowired
    private SampleWorlds worlds;
    @Autowired
    private DataSources dataSources;
    @Autowired
    private SchemaGroups groups;
    @Autowired
    private SchemaGroupEditor editor;
    @Autowired
    private JdbcClient sql;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry registry) {
        registry.add("dragoman.data-dir", () -> folder);
        registry.add("dragoman.db.url", DATABASE::url);
        registry.add("dragoman.db.user", DATABASE::user);
        registry.add("dragoman.embedding.provider", () -> "none");
        registry.add("dragoman.samples", () -> "true");
        registry.add("spring.autoconfigure.exclude", () -> "com.vaadin.flow.spring.SpringBootAutoConfiguration,"
                + "com.vaadin.flow.spring.SpringSecurityAutoConfiguration");
    }

    private SchemaGroup group(String name) {
        return groups.find(name).orElseThrow();
    }

    private Connector connector(String dataSource) {
        return dataSources.connector(dataSources.find(dataSource).orElseThrow());
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"ecommerce", "bank", "retail", "markets"})
    void describesEveryTableAndColumn(String name) {
        SchemaGroup group = group(name);
        assertThat(group.description()).isNotBlank();
        assertThat(group.examples()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(group.directives()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(group.directives().stream().map(Directive::expression)).isNotEmpty();
        assertThat(group.relationships()).isNotEmpty();
        for (TableDefinition table : group.tables()) {
            assertThat(table.description()).as(table.name()).isNotBlank();
            assertThat(table.columns()).as(table.name()).allMatch(column -> column.description() != null,
                    "has a description").allMatch(column -> column.type() != null, "has a type");
        }
        for (SchemaDefinition definition : group.definitions()) {
            assertThat(dataSources.find(definition.datasource())).as(definition.name()).isPresent();
            assertThat(group.tables()).anyMatch(table -> table.definition().equals(definition.name()));
        }
    }

    @Test
    @Order(2)
    void keepsWhatTheIntrospectionFound() {
        assertThat(group("bank").definitions()).extracting(SchemaDefinition::name).containsExactlyInAnyOrder("customer_db",
                "accounts_db", "loans_db", "insurance_db", "compliance_db", "employees_db");
        TableDefinition products = group("ecommerce").table("products").orElseThrow();
        assertThat(products.rowCount()).isEqualTo(20);
        assertThat(products.column("category").orElseThrow().sampleValues())
                .containsExactlyInAnyOrder("Books", "Clothing", "Electronics", "Home & Kitchen");
        assertThat(group("ecommerce").relationships()).hasSize(3);
        assertThat(group("retail").relationships()).hasSize(9);
        assertThat(group("retail").tables()).hasSize(8);
        assertThat(group("markets").definitions()).hasSize(1);
    }

    @Test
    @Order(3)
    void hasAsManyRowsAsItPromises() {
        assertThat(count("ecommerce", "customers")).isEqualTo(20);
        assertThat(count("ecommerce", "products")).isEqualTo(20);
        assertThat(count("ecommerce", "orders")).isEqualTo(26);
        assertThat(count("retail", "sales_data")).isBetween(2_000L, 5_000L);
        assertThat(count("ecommerce", "orders where order_date >= current_date - 7")).isPositive();
        assertThat(count("retail", "sales_data where sale_date = date('now', '-1 day')")).isPositive();
    }

    private long count(String dataSource, String from) {
        return (Long) connector(dataSource).execute("select count(*) from " + from, 1, 10_000).rows().get(0).get(0);
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"ecommerce", "bank", "retail"})
    void hasExamplesThatGiveRows(String name) {
        SchemaGroup group = group(name);
        List<String> empty = new ArrayList<>();
        for (Example example : group.examples()) {
            List<String> refused = new ArrayList<>();
            ResultTable result = null;
            for (SchemaDefinition definition : group.definitions()) {
                try {
                    result = connector(definition.datasource()).execute(example.query(), 100, 10_000);
                } catch (Connector.QueryFailedException e) {
                    refused.add(e.getMessage());
                }
            }
            assertThat(result).as(example.question() + " " + refused).isNotNull();
            if (result.rowCount() == 0) {
                empty.add(example.question());
            }
        }
        assertThat(empty).isEmpty();
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(strings = {"ecommerce", "loans_db"})
    void isReadByARoleThatCannotWrite(String name) throws Exception {
        DataSourceDefinition definition = dataSources.find(name).orElseThrow();
        assertThat(definition.user()).startsWith("dragoman_sample_");
        // Test databases trust every local user, so that no password is needed to connect as the role.
        try (var connection = DriverManager.getConnection(definition.url(), definition.user(), "");
                var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("set search_path = " + definition.options().getOrDefault("schema", "public"));
            String table = group(name.equals("ecommerce") ? name : "bank").tables().stream()
                    .filter(one -> one.definition().equals(name)).findFirst().orElseThrow().name();
            assertThatThrownBy(() -> statement.execute("delete from " + table)).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create table mine (a int)")).hasMessageContaining("permission denied");
        }
    }

    @Test
    @Order(6)
    void marketsAnswersFromASandboxThatSaysSo() {
        assertThat(dataSources.find("markets").orElseThrow().description()).containsIgnoringCase("sandbox");
        assertThat(connector("markets").execute("select count i from trade", 10, 5_000).rowCount()).isEqualTo(1);
    }

    @Test
    @Order(7)
    void doesNotBringBackWhatWasRemoved() throws Exception {
        editor.delete("retail");
        dataSources.delete(dataSources.find("retail").orElseThrow());
        worlds.takeTurn();
        assertThat(groups.find("retail")).isEmpty();
        assertThat(dataSources.find("retail")).isEmpty();
        assertThat(groups.find("ecommerce")).isPresent();
    }

    @Test
    @Order(8)
    void finishesWhatAnInterruptedStartBegan() throws Exception {
        sql.sql("delete from sample_worlds where name = 'bank'").update();
        dataSources.delete(dataSources.find("loans_db").orElseThrow());
        worlds.takeTurn();
        assertThat(group("bank").tables()).hasSize(20);
        assertThat(count("loans_db", "loans")).isEqualTo(110);
    }

    @Test
    @Order(9)
    void loadsOnceWhenTwoServersStartTogether() throws Exception {
        sql.sql("delete from sample_worlds where name = 'ecommerce'").update();
        UUID before = dataSources.find("ecommerce").orElseThrow().id();
        CompletableFuture<?>[] starts = Stream.generate(() -> CompletableFuture.runAsync(() -> {
            try {
                worlds.takeTurn();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, work -> new Thread(work).start())).limit(2).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(starts).get(60, TimeUnit.SECONDS);
        assertThat(dataSources.find("ecommerce").orElseThrow().id()).isNotEqualTo(before);
        assertThat(count("ecommerce", "orders")).isEqualTo(26);
    }

    @Test
    @Order(10)
    void leavesAloneWhatSomebodyElseNamedSo() throws Exception {
        sql.sql("delete from sample_worlds where name = 'ecommerce'").update();
        sql.sql("update datasources set description = 'Our real shop' where name = 'ecommerce'").update();
        DataSourceDefinition theirs = dataSources.list(100, 0).stream().filter(one -> one.name().equals("ecommerce"))
                .findFirst().orElseThrow();
        dataSources.relocate(theirs, theirs.url());
        worlds.takeTurn();
        assertThat(dataSources.find("ecommerce").orElseThrow().id()).isEqualTo(theirs.id());
        assertThat(sql.sql("select count(*) from sample_worlds where name = 'ecommerce'").query(Long.class).single()).isZero();
    }
}
