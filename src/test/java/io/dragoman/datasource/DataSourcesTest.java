package io.dragoman.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.cluster.Changes;
import io.dragoman.cluster.Node;
import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.kdb.KdbConnectorFactory;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.AuditLog;
import io.dragoman.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@Timeout(120)
class DataSourcesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final JdbcClient SQL = JdbcClient.create(DATABASE.dataSource());
    private static final AuditLog AUDIT = new AuditLog(new JdbcTemplate(DATABASE.dataSource()));

    @TempDir
    Path folder;
    private DataSources dataSources;

    @BeforeEach
    void start() {
        SQL.sql("delete from datasources").update();
        dataSources = dataSources("");
    }

    private DataSources dataSources(String key) {
        DragomanProperties properties = Settings.of("data-dir", folder.toString(), "secret-key", key);
        QueryWatchdog watchdog = new QueryWatchdog();
        return new DataSources(new DataSourceStore(SQL, new SecretCipher(properties), AUDIT), new DataSourceRules(), List.of(
                new PostgresqlConnectorFactory(properties, watchdog), new SqliteConnectorFactory(properties, watchdog),
                new KdbConnectorFactory(properties)), new Changes(SQL, new Node()));
    }

    @AfterEach
    void stop() {
        dataSources.close();
    }

    private static DataSourceRequest postgresql(String name, String url, String user, String password) {
        return new DataSourceRequest(name, "postgresql", url, user, password, null, null);
    }

    @Test
    void findsWhatWasStoredByIdAndByName() {
        DataSourceDefinition made = dataSources.create(postgresql("shop", DATABASE.url(), "postgres", null));
        assertThat(dataSources.find("shop")).contains(made);
        assertThat(dataSources.find(made.id().toString())).contains(made);
        assertThat(dataSources.find("shed")).isEmpty();
        assertThat(dataSources.list(10, 0)).containsExactly(made);
        dataSources.connector(made).ping();
        assertThat(dataSources.delete(made)).isTrue();
        assertThat(dataSources.find("shop")).isEmpty();
    }

    @Test
    void keepsPasswordsEncryptedAndToItself() {
        DataSourceDefinition made = dataSources.create(new DataSourceRequest("shop", "postgresql",
                "jdbc:postgresql://eve:s3cr%26t@db.example:5432/shop?sslmode=require", null, null, null, null));
        assertThat(made.url()).isEqualTo("jdbc:postgresql://db.example:5432/shop?sslmode=require");
        assertThat(made.user()).isEqualTo("eve");
        byte[] stored = SQL.sql("select secrets from datasources").query((row, i) -> row.getBytes(1)).single();
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("s3cr");
        assertThat(SQL.sql("select row_to_json(d)::text from datasources d").query(String.class).single())
                .doesNotContain("s3cr");
        DataSourceStore store = new DataSourceStore(SQL, new SecretCipher(Settings.of("data-dir", folder.toString())), AUDIT);
        assertThat(store.secrets(made.id()).password()).isEqualTo("s3cr&t");
        assertThat(new DataSourceRequest("a", "b", "c", "d", "hidden", Map.of(), null).toString()).doesNotContain("hidden");
        assertThat(store.secrets(made.id()).toString()).doesNotContain("s3cr");
    }

    @Test
    void keepsItsKeyReadableToTheOwnerOnly() throws Exception {
        dataSources.create(postgresql("shop", DATABASE.url(), "postgres", "x"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void saysThatTheKeyIsAnother() throws Exception {
        DataSourceDefinition made = dataSources.create(postgresql("shop", DATABASE.url(), "postgres", "x"));
        Files.delete(folder.resolve("secret.key"));
        assertThatThrownBy(() -> dataSources("another key").connector(made))
                .isInstanceOf(Connector.UnavailableException.class).hasMessageContaining("dragoman.secret-key");
    }

    private DataSourceStore store(String key, String old) {
        return new DataSourceStore(SQL, new SecretCipher(Settings.of("data-dir", folder.toString(), "secret-key", key,
                "old-secret-keys", old)), AUDIT);
    }

    @Test
    void readsWhatOldKeysEncryptedUntilItIsEncryptedAnew() {
        DataSourceDefinition first = dataSources.create(postgresql("first", DATABASE.url(), "postgres", "one"));
        DataSourceDefinition second = dataSources("key of May").create(postgresql("second", DATABASE.url(), "postgres", "two"));
        DataSourceStore rotated = store("key of June", "key of April, key of May");
        assertThat(rotated.secrets(first.id()).password()).as("by the key in the file").isEqualTo("one");
        assertThat(rotated.secrets(second.id()).password()).isEqualTo("two");
        new KeyRotation(rotated).rotate();
        DataSourceStore later = store("key of June", "");
        assertThat(later.secrets(second.id()).password()).isEqualTo("two");
        assertThat(later.secrets(first.id()).password()).isEqualTo("one");
        assertThatThrownBy(() -> store("key of May", "").secrets(second.id())).isInstanceOf(Connector.UnavailableException.class);
        byte[] kept = SQL.sql("select secrets from datasources where name = 'second'").query((row, i) -> row.getBytes(1)).single();
        new KeyRotation(later).rotate();
        assertThat(SQL.sql("select secrets from datasources where name = 'second'").query((row, i) -> row.getBytes(1)).single())
                .as("what has the present key stays").isEqualTo(kept);
    }

    @Test
    void encryptsAnewWhatItCanAndLeavesTheRest() throws Exception {
        DataSourceDefinition lost = dataSources("a lost key").create(postgresql("a-lost-one", DATABASE.url(), "postgres", "one"));
        DataSourceDefinition known = dataSources("key of May").create(postgresql("known", DATABASE.url(), "postgres", "two"));
        new KeyRotation(store("key of June", "key of May")).rotate();
        assertThat(store("key of June", "").secrets(known.id()).password()).isEqualTo("two");
        assertThat(store("a lost key", "").secrets(lost.id()).password()).isEqualTo("one");
    }

    @Test
    void refusesASecretThatWasMovedToAnotherDatasource() {
        dataSources.create(postgresql("mine", DATABASE.url(), "postgres", "x"));
        DataSourceDefinition other = dataSources.create(postgresql("other", DATABASE.url(), "postgres", null));
        SQL.sql("update datasources set secrets = (select secrets from datasources where name = 'mine')").update();
        assertThatThrownBy(() -> dataSources.connector(other)).isInstanceOf(Connector.UnavailableException.class);
    }

    @Test
    void doesNotSendAStoredPasswordToANewAddress() {
        DataSourceDefinition made = dataSources.create(postgresql("shop", "jdbc:postgresql://a.example/x", "eve", "s3cret"));
        DataSourceStore store = new DataSourceStore(SQL, new SecretCipher(Settings.of("data-dir", folder.toString())), AUDIT);
        DataSourceDefinition described = dataSources.update(made, new DataSourceRequest(null, null, null, null, null, null, "Mine"));
        assertThat(described.description()).isEqualTo("Mine");
        assertThat(store.secrets(made.id()).password()).isEqualTo("s3cret");
        dataSources.update(made, new DataSourceRequest(null, null, "jdbc:postgresql://b.example/x", null, null, null, null));
        assertThat(store.secrets(made.id()).password()).isNull();
    }

    @Test
    void refusesANameThatIsTaken() {
        dataSources.create(postgresql("shop", DATABASE.url(), "postgres", null));
        assertThatThrownBy(() -> dataSources.create(postgresql("shop", DATABASE.url(), "postgres", null)))
                .isInstanceOfSatisfying(FailureException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://h/d", "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://e/x.sql'", "http://h/d", "",
        "jdbc:postgresql://h/d?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
        "jdbc:postgresql://h/d?socketFactoryArg=http://e/x.xml", "jdbc:postgresql://h/d?sslfactory=evil.Factory",
        "jdbc:postgresql://h/d?loggerFile=/etc/cron.d/x&loggerLevel=DEBUG", "jdbc:postgresql://h/d?sslkey=/etc/shadow",
        "jdbc:postgresql://h/d?authenticationPluginClassName=evil.Plugin", "jdbc:postgresql://h/d?service=x",
        "jdbc:postgresql://h/d?options=-c%20default_transaction_read_only=off", "jdbc:postgresql://h/d?sslmo%64e=x&s%6fcketFactory=x",
        "jdbc:postgresql://h/d?preferQueryMode=simple", "jdbc:postgresql://h/d?xmlFactoryFactory=x", "jdbc:postgresql://h/\nd"})
    void refusesAddressesThatLoadCodeOrFiles(String url) {
        assertThatThrownBy(() -> dataSources.create(postgresql("shop", url, null, null)))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
                    assertThat(e.failure().details()).containsEntry("field", "url");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:sqlite:file:/tmp/x?mode=rwc", "jdbc:sqlite:none.sqlite",
        "jdbc:sqlite::resource:http://e/x.db", "jdbc:sqlite:/etc/passwd", "jdbc:sqlite:/etc", "jdbc:sqlite:/dev/zero",
        "jdbc:sqlite:/tmp/x?enable_load_extension=true", "jdbc:sqlite:file::memory:"})
    void refusesSqliteFilesThatAreNone(String url) {
        assertThatThrownBy(() -> dataSources.create(new DataSourceRequest("s", "sqlite", url, null, null, null, null)))
                .isInstanceOfSatisfying(FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", "url"));
    }

    @ParameterizedTest
    @CsvSource({"'',postgresql,name", "a b,postgresql,name", "5f9c3a52-0d6c-4a4b-9e39-3a8f0f2d7c11,postgresql,name",
        "../x,postgresql,name", "shop,oracle,dialect", "shop,,dialect"})
    void namesTheFieldAtFault(String name, String dialect, String field) {
        assertThatThrownBy(() -> dataSources.create(new DataSourceRequest(name, dialect, DATABASE.url(), null, null, null, null)))
                .isInstanceOfSatisfying(FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", field));
    }

    @Test
    void takesCredentialsOutOfAKdbAddress() {
        DataSourceDefinition made = dataSources.create(new DataSourceRequest("markets", "q", "kdb://me:pw@localhost:5000", null,
                null, null, null));
        assertThat(made.url()).isEqualTo("kdb://localhost:5000");
        assertThat(made.user()).isEqualTo("me");
    }

    @Test
    void opensTheSandboxByItsAddress() {
        DataSourceDefinition made = dataSources.create(new DataSourceRequest("box", "q", "kdb-sandbox:markets", null, null, null,
                null));
        assertThat(dataSources.connector(made).execute("count trade", 1, 5_000).rows().get(0).get(0)).isInstanceOf(Long.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kdb://localhost", "kdb://localhost:x", "kdb://localhost:99999", "kdb://:5000", "kdb:localhost:5000",
        "kdb://h:5000/x", "kdb://h:5000?tls=1", "kdb-sandbox:", "kdb-sandbox:other", "kdb-sandbox:markets?x=1"})
    void refusesKdbAddressesThatAreNone(String url) {
        assertThatThrownBy(() -> dataSources.create(new DataSourceRequest("m", "q", url, null, null, null, null)))
                .isInstanceOf(FailureException.class);
    }
}
