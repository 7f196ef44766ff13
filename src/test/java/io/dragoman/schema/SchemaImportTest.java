package io.dragoman.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.storage.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SchemaImportTest {

    private static DataSource database;
    private static TestSchemas schemas;

    @BeforeAll
    static void connect() {
        database = TestDatabase.fresh().dataSource();
        schemas = TestSchemas.on(database);
    }

    @Test
    void createsTheGroupWithEverythingInIt() {
        ImportReport report = load("full", shop(), ImportMode.MERGE);

        SchemaGroup group = schemas.groups().find("full").orElseThrow();
        assertThat(group.id()).isEqualTo(report.schemaGroupId());
        assertThat(group.version()).isEqualTo(report.version());
        assertThat(group.definitions()).extracting(SchemaDefinition::name).containsExactly("shop_db");
        assertThat(group.table("orders").orElseThrow().columns()).extracting(ColumnDefinition::name)
                .containsExactly("id", "customer_id", "status");
        assertThat(group.relationships()).singleElement().satisfies(relationship -> {
            assertThat(relationship.sourceColumns()).containsExactly("customer_id");
            assertThat(relationship.type()).isEqualTo("many_to_one");
        });
        assertThat(report.added()).containsExactlyInAnyOrder("definition shop_db", "table customers", "table orders",
                "relationship shop_db.orders(customer_id) -> customers(id)");
    }

    @Test
    void announcesAGroupOnceHoweverOftenATransactionChangesIt() {
        new TransactionTemplate(new DataSourceTransactionManager(database)).executeWithoutResult(status -> {
            load("announced", shop(), ImportMode.MERGE);
            schemas.editor().change("announced", null, "A shop");
            assertThat(schemas.changed()).doesNotContain("announced");
        });
        assertThat(schemas.changed()).filteredOn("announced"::equals).hasSize(1);
    }

    @Test
    void theSameImportAgainChangesNothing() {
        ImportReport first = load("twice", shop(), ImportMode.MERGE);
        SchemaGroup snapshot = schemas.groups().find("twice").orElseThrow();
        int events = schemas.changed().size();

        for (ImportMode mode : ImportMode.values()) {
            ImportReport again = load("twice", shop(), mode);
            assertThat(again.added()).isEmpty();
            assertThat(again.changed()).isEmpty();
            assertThat(again.removed()).isEmpty();
            assertThat(again.version()).isEqualTo(first.version());
        }
        assertThat(schemas.groups().find("twice").orElseThrow()).isSameAs(snapshot);
        assertThat(schemas.changed()).hasSize(events);
    }

    @Test
    void readingTheCatalogueAgainReplacesItsDefinitionButLeavesOthers() {
        load("bank", SchemaDocument.of(definition("loans_db"), List.of(table("loans", "id", "amount"),
                table("payments", "id")), List.of()), ImportMode.MERGE);
        load("bank", SchemaDocument.of(definition("accounts_db"), List.of(table("accounts", "id")), List.of()),
                ImportMode.MERGE);

        ImportReport report = load("bank", SchemaDocument.of(definition("loans_db"),
                List.of(table("loans", "id", "rate"), table("terms", "id")), List.of()), ImportMode.MERGE);

        assertThat(report.added()).containsExactly("column loans_db.loans.rate", "table loans_db.terms");
        assertThat(report.removed()).containsExactly("table loans_db.payments", "column loans_db.loans.amount");
        assertThat(schemas.groups().find("bank").orElseThrow().tables()).extracting(TableDefinition::name)
                .containsExactly("loans", "terms", "accounts");
    }

    @Test
    void addingRemovesNothingAndReplacingRemovesTheRest() {
        load("modes", shop(), ImportMode.MERGE);
        SchemaDocument more = SchemaDocument.of(definition("shop_db"), List.of(table("products", "id")), List.of());

        assertThat(load("modes", more, ImportMode.ADD).removed()).isEmpty();
        assertThat(load("modes", more, ImportMode.REPLACE).removed()).containsExactly("table customers",
                "table orders", "relationship shop_db.orders(customer_id) -> customers(id)");
    }

    @Test
    void keepsWhatCuratorsWroteWhenTheCatalogueHasNone() {
        ColumnDefinition described = new ColumnDefinition("status", "text", "state of the order", true, false,
                List.of("state"), List.of("open", "paid"), 2L);
        load("curated", SchemaDocument.of(definition("db"), List.of(new TableDefinition(null, null, "orders",
                "every order", List.of("purchases"), List.of(described), 10L)), List.of()), ImportMode.MERGE);

        load("curated", SchemaDocument.of(definition("db"), List.of(table("orders", "status")), List.of()),
                ImportMode.REPLACE);

        TableDefinition table = schemas.groups().find("curated").orElseThrow().table("orders").orElseThrow();
        assertThat(table.description()).isEqualTo("every order");
        assertThat(table.synonyms()).containsExactly("purchases");
        assertThat(table.columns().get(0).description()).isEqualTo("state of the order");
        assertThat(table.columns().get(0).sampleValues()).containsExactly("open", "paid");
    }

    @Test
    void relationshipsGoWithTheirColumns() {
        load("joins", shop(), ImportMode.MERGE);

        ImportReport report = load("joins", SchemaDocument.of(definition("shop_db"),
                List.of(table("customers", "id", "name"), table("orders", "id", "status")), List.of()),
                ImportMode.MERGE);

        assertThat(report.removed()).containsExactly("column orders.customer_id",
                "relationship shop_db.orders(customer_id) -> customers(id)");
        assertThat(schemas.groups().find("joins").orElseThrow().relationships()).isEmpty();
    }

    @Test
    void nothingIsImportedWhenOnePartIsRejected() {
        SchemaDocument document = SchemaDocument.of(definition("db"), List.of(table("fine", "id")),
                List.of(new Relationship(null, "fine", List.of("id"), "missing", List.of("id"), null)));

        FailureException refused = catchThrowableOfType(FailureException.class,
                () -> load("atomic", document, ImportMode.MERGE));

        assertThat(refused.failure().details()).containsEntry("field", "relationship fine -> missing");
        assertThat(refused).hasMessageContaining("names table 'missing', which is not there");
        assertThat(schemas.groups().find("atomic")).isEmpty();
        assertThat(schemas.groups().names()).doesNotContain("atomic");
    }

    @Test
    void aPartialImportTakesTheRestAndRemovesNothing() {
        load("partial", shop(), ImportMode.MERGE);
        SchemaDocument document = SchemaDocument.of(definition("shop_db"), List.of(table("products", "id", "id")),
                List.of());

        ImportReport report = schemas.imports().run("partial", document, ImportMode.MERGE, true);

        assertThat(report.rejected()).extracting(Rejection::reason).containsExactly("has column 'id' twice");
        assertThat(report.removed()).isEmpty();
        assertThat(report.tableCount()).isEqualTo(2);
    }

    @Test
    void refusesTablesBeyondTheLimits() {
        String longName = "x".repeat(1_000_000);
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i <= SchemaLimits.COLUMNS; i++) {
            columns.add(column("c" + i));
        }
        SchemaDocument document = SchemaDocument.of(definition("db"), List.of(table(longName, "id"),
                new TableDefinition(null, null, "wide", null, List.of(), columns, null), table("nul", "a\0b")),
                List.of());

        ImportReport report = schemas.imports().run("limits", withFine(document), ImportMode.MERGE, true);

        assertThat(report.rejected()).extracting(Rejection::reason).containsExactly(
                "has a name that is longer than 255 characters", "has more than 2000 columns",
                "has a columns['a\0b'].name that holds a NUL character");
        assertThat(report.tableCount()).isEqualTo(1);
    }

    @Test
    void concurrentImportsOfOneGroupAllSucceed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<ImportReport>> reports = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                SchemaDocument document = SchemaDocument.of(definition("db" + i), List.of(table("t" + i, "id")),
                        List.of());
                Callable<ImportReport> work = () -> load("busy", document, ImportMode.MERGE);
                reports.add(threads.submit(work));
            }
            for (Future<ImportReport> report : reports) {
                assertThat(report.get().added()).isNotEmpty();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(schemas.groups().find("busy").orElseThrow().tables()).hasSize(8);
    }

    @Test
    void tenThousandTablesAreStoredAndReadInSeconds() {
        List<TableDefinition> tables = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            tables.add(table("table_" + i, "id", "name", "status", "amount", "created_on"));
        }
        long start = System.nanoTime();
        load("large", SchemaDocument.of(definition("db"), tables, List.of()), ImportMode.MERGE);
        SchemaGroup group = schemas.groups().find("large").orElseThrow();
        long seconds = (System.nanoTime() - start) / 1_000_000_000;

        assertThat(group.tables()).hasSize(10_000);
        assertThat(seconds).isLessThan(60);
        assertThat(schemas.groups().find(group.id().toString()).orElseThrow()).isSameAs(group);
    }

    private static ImportReport load(String group, SchemaDocument document, ImportMode mode) {
        return schemas.imports().run(group, document, mode, false);
    }

    private static SchemaDocument shop() {
        return SchemaDocument.of(definition("shop_db"),
                List.of(table("customers", "id", "name"), table("orders", "id", "customer_id", "status")),
                List.of(new Relationship(null, "ORDERS", List.of("Customer_ID"), "customers", List.of("id"), null)));
    }

    private static SchemaDocument withFine(SchemaDocument document) {
        List<Part<TableDefinition>> tables = new ArrayList<>(document.tables());
        tables.add(new Part<>(table("fine", "id"), null, null, "table fine"));
        return new SchemaDocument(null, document.definitions(), tables, List.of(), List.of(), List.of(), List.of(),
                List.of(), 0);
    }

    private static SchemaDefinition definition(String name) {
        return new SchemaDefinition(null, name, null, "postgresql", null);
    }

    private static TableDefinition table(String name, String... columns) {
        return new TableDefinition(null, null, name, null, List.of(),
                Arrays.stream(columns).map(SchemaImportTest::column).toList(), null);
    }

    private static ColumnDefinition column(String name) {
        return new ColumnDefinition(name, "text", null, true, false, List.of(), List.of(), null);
    }
}
