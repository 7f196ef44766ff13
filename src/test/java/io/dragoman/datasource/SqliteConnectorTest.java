package io.dragoman.datasource;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SqliteConnectorTest {

    private static final String ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
    private static final QueryWatchdog WATCHDOG = new QueryWatchdog();

    @TempDir
    static Path folder;
    private static Path file;
    private static Connector connector;

    @BeforeAll
    static void connect() throws Exception {
        file = folder.resolve("shop.sqlite");
        try (Connection owner = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = owner.createStatement()) {
            for (String sql : """
                    create table "City List" (Id integer primary key, "Na""me" text);
                    create table person (id integer primary key, city_id int references "city list", mayor int,
                        nick, grade numeric, born date, code char(3), bad text, score int, blobby blob,
                        foreign key (MAYOR) references person(ID), foreign key (nick) references gone(id));
                    create table passport (person_id integer primary key references person);
                    create table pair (a int, b int, primary key (a, b));
                    create table part (x int, y int, foreign key (x, y) references pair);
                    create view adults as select * from person where born < '2000-01-01';
                    create view broken as select * from person;
                    insert into "City List" values (1, 'Oslo'), (2, 'Rome');
                    insert into person values (1, 1, 1, 'Al', 'A+', '1990-05-01', 'abc', cast(x'41ff42' as text), 5, x'00ff');
                    insert into person values (2, 2, 1, 'Bo', 'B', '2001-05-01', 'abd', 'fine', 7, null);
                    insert into person values (3, null, null, null, null, null, null, null, null, null)"""
                    .split(";\n")) {
                statement.execute(sql);
            }
            statement.execute("pragma writable_schema = on");
            statement.execute("update sqlite_schema set sql = 'CREATE VIEW broken as select * from nowhere' where name = 'broken'");
        }
        connector = open();
    }

    private static Connector open(String... settings) {
        return new SqliteConnector(new DataSourceDefinition(UUID.randomUUID(), "shop", "sqlite", "jdbc:sqlite:" + file,
                null, Map.of(), null), Settings.of(settings), WATCHDOG);
    }

    @AfterAll
    static void close() {
        connector.close();
        WATCHDOG.stop();
    }

    @Test
    void givesEachValueTheTypeItHas() {
        assertThat(connector.execute("select 1, 2.5, null, 'x', x'00ff', 9007199254740993", 5, 5_000).rows())
                .containsExactly(Arrays.asList(1L, 2.5, null, "x", "0x00ff", 9007199254740993L));
        assertThat(connector.execute("select score from person order by id", 5, 5_000).rows())
                .containsExactly(List.of(5L), List.of(7L), Arrays.asList((Object) null));
    }

    @Test
    void readsTextThatIsNoUtf8() {
        assertThat(connector.execute("select bad from person where id = 1", 5, 5_000).rows().get(0).get(0).toString())
                .startsWith("A").endsWith("B");
        assertThat(connector.introspect(true).tables()).isNotEmpty();
    }

    @Test
    void saysWhetherThereWereMoreRows() {
        assertThat(connector.execute("select id from person", 3, 5_000).truncated()).isFalse();
        assertThat(connector.execute("select id from person", 2, 5_000).truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from person", "insert into person(id) values (9)", "drop table person", "vacuum",
        "create temp table t (a int)", "pragma query_only = off", "pragma writable_schema = on", "attach 'other.sqlite' as o",
        "attach ':memory:' as m", "select load_extension('x')", "select writefile('x', 'y')", "pragma journal_mode = wal",
        "vacuum into 'copy.sqlite'", "begin immediate", "", "select 1\0", "replace into person(id) values (1)"})
    void writesNothing(String query) throws Exception {
        byte[] before = Files.readAllBytes(file);
        try {
            connector.execute(query, 10, 5_000);
            assertThat(query).as("only a look at a setting may pass").startsWith("pragma journal_mode");
        } catch (Connector.QueryFailedException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThatThrownBy(() -> connector.execute("delete from person", 1, 5_000))
                .isInstanceOf(Connector.QueryFailedException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("shop.sqlite");
        }
    }

    @Test
    void refusesValuesThatWouldFillTheMemory() {
        try (Connector small = open("execution.max-bytes", "1MB")) {
            assertThatThrownBy(() -> small.execute("select zeroblob(1000000000)", 1, 5_000))
                    .isInstanceOf(Connector.QueryFailedException.class).hasMessageContaining("too big");
        }
    }

    @Test
    void cancelsAQueryWhoseTimeIsOver() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> connector.execute(ENDLESS, 1, 200)).isInstanceOf(Connector.QueryTimeoutException.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(20_000);
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void cancelsAQueryWhoseCallerIsInterrupted() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                connector.execute(ENDLESS, 1, 50_000);
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        caller.start();
        eventually("it computes", () -> Stream.of(caller.getStackTrace()).anyMatch(frame -> frame.getClassName()
                .startsWith("org.sqlite.core.NativeDB") && frame.getMethodName().equals("step")));
        caller.interrupt();
        caller.join(20_000);
        assertThat(thrown).singleElement().isInstanceOf(Connector.QueryCancelledException.class);
    }

    @Test
    void asksTheDatabaseWhetherAQueryWouldRun() {
        assertThat(connector.check("select nick from person", 5_000)).isNull();
        assertThat(connector.check("select nik from person", 5_000)).contains("no such column: nik").doesNotContain("SQLITE_");
    }

    @Test
    void doesNotCreateAFileThatIsGone() {
        Path gone = folder.resolve("gone.sqlite");
        try (Connector nowhere = new SqliteConnector(new DataSourceDefinition(UUID.randomUUID(), "gone", "sqlite",
                "jdbc:sqlite:" + gone, null, Map.of(), null), Settings.of(), WATCHDOG)) {
            assertThatThrownBy(nowhere::ping).isInstanceOf(Connector.UnavailableException.class);
        }
        assertThat(gone).doesNotExist();
    }

    @Test
    void readsTheCatalogue() {
        Connector.Catalogue catalogue = connector.introspect(true);
        assertThat(catalogue.tables()).extracting(TableDefinition::name)
                .containsExactly("City List", "adults", "pair", "part", "passport", "person");
        TableDefinition person = catalogue.tables().get(5);
        assertThat(person.rowCount()).isEqualTo(3);
        assertThat(person.columns()).extracting(ColumnDefinition::name, ColumnDefinition::type).contains(
                org.assertj.core.groups.Tuple.tuple("nick", "text"), org.assertj.core.groups.Tuple.tuple("grade", "text"),
                org.assertj.core.groups.Tuple.tuple("born", "date"), org.assertj.core.groups.Tuple.tuple("code", "char(3)"),
                org.assertj.core.groups.Tuple.tuple("score", "int"));
        assertThat(person.column("grade").orElseThrow().sampleValues()).containsExactly("A+", "B");
        assertThat(person.column("nick").orElseThrow().sampleValues()).containsExactly("Al", "Bo");
        assertThat(person.column("id").orElseThrow().nullable()).isFalse();
        assertThat(catalogue.relationships()).containsExactlyInAnyOrder(
                new Relationship(null, "person", List.of("city_id"), "City List", List.of("Id"), "many_to_one"),
                new Relationship(null, "person", List.of("mayor"), "person", List.of("id"), "many_to_one"),
                new Relationship(null, "passport", List.of("person_id"), "person", List.of("id"), "one_to_one"),
                new Relationship(null, "part", List.of("x", "y"), "pair", List.of("a", "b"), "many_to_one"));
    }
}
