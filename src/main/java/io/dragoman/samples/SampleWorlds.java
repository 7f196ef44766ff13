package io.dragoman.samples;

import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSourceRequest;
import io.dragoman.datasource.DataSources;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.ImportMode;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaGroupEditor;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.schema.SchemaImport;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.format.SchemaFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads each sample world once, at the first start. What was loaded is recorded, so that a world that was removed does not
 * come back. A world that cannot be loaded is passed over with one line, and tried again at the next start.
 */
@Component
class SampleWorlds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SampleWorlds.class);

    /** The number of the lock that says whose turn it is. */
    private static final long TURN = 0x73616d706c6573L;

    private final DragomanProperties properties;
    private volatile boolean loaded;
    private final DataSource source;
    private final JdbcClient database;
    private final SampleDatabases databases;
    private final DataSources dataSources;
    private final SchemaGroups groups;
    private final SchemaGroupEditor editor;
    private final SchemaImport schemaImport;
    private final TransactionTemplate transaction;

    SampleWorlds(DragomanProperties properties, DataSource source, JdbcClient database, SampleDatabases databases,
            DataSources dataSources, SchemaGroups groups, SchemaGroupEditor editor, SchemaImport schemaImport,
            PlatformTransactionManager transactions) {
        this.properties = properties;
        this.source = source;
        this.database = database;
        this.databases = databases;
        this.dataSources = dataSources;
        this.groups = groups;
        this.editor = editor;
        this.schemaImport = schemaImport;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Loads them before the server listens, so that who reaches it finds them. */
    @Override
    public void start() {
        try {
            takeTurn();
        } catch (SQLException e) {
            throw new IllegalStateException("The sample worlds could not be loaded: " + e.getMessage(), e);
        }
        loaded = true;
    }

    @Override
    public void stop() {
        loaded = false;
    }

    @Override
    public boolean isRunning() {
        return loaded;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /** Several servers on one database that start together take turns. */
    void takeTurn() throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + TURN + ")");
            try {
                loadOrRelocate();
            } finally {
                statement.execute("select pg_advisory_unlock(" + TURN + ")");
            }
        }
    }

    private void loadOrRelocate() {
        List<String> known = database.sql("select name from sample_worlds").query(String.class).list();
        for (SampleWorld world : SampleWorld.ALL) {
            if (known.contains(world.name())) {
                relocate(world);
            } else if (properties.samples()) {
                tryToLoad(world);
            }
        }
    }

    private void tryToLoad(SampleWorld world) {
        long start = System.nanoTime();
        try {
            removeUnfinished(world);
            load(world);
            LOG.info("Loaded the sample world '{}' ({} database{}) in {} ms", world.name(), world.databases().size(),
                    world.databases().size() == 1 ? "" : "s", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (SQLException | DataAccessException | IOException | IllegalStateException | UncheckedIOException
                | FailureException e) {
            LOG.warn("The sample world '{}' was not loaded: {}", world.name(), e.getMessage());
        }
    }

    /** What a start that was killed half way left behind is ours to remove; what somebody else named so is not. */
    private void removeUnfinished(SampleWorld world) {
        List<DataSourceDefinition> left = new ArrayList<>();
        for (SampleWorld.Database one : world.databases()) {
            Optional<DataSourceDefinition> existing = dataSources.find(one.name());
            if (existing.isPresent() && !one.description().equals(existing.get().description())) {
                throw new IllegalStateException("there is a datasource of your own named '" + one.name() + "'");
            }
            existing.ifPresent(left::add);
        }
        if (groups.find(world.name()).isPresent()) {
            if (left.isEmpty()) {
                throw new IllegalStateException("there is a schema group of your own named '" + world.name() + "'");
            }
            editor.delete(world.name());
        }
        left.forEach(dataSources::delete);
    }

    private void load(SampleWorld world) throws SQLException, IOException {
        SchemaDocument described = SchemaFormat.JSON.read(resource(world, "schema.json"));
        List<SchemaDefinition> definitions = new ArrayList<>();
        List<SchemaDocument.Part<TableDefinition>> tables = new ArrayList<>();
        List<SchemaDocument.Part<Relationship>> relationships = new ArrayList<>();
        for (SampleDatabases.Made made : databases.make(world)) {
            SampleWorld.Database one = made.database();
            DataSourceDefinition stored = dataSources.create(new DataSourceRequest(one.name(), world.dialect(), made.url(),
                    made.user(), made.password(), made.options(), one.description()));
            if (one.script() != null) {
                Connector.Catalogue catalogue = dataSources.connector(stored).introspect(true);
                SchemaDocument document = SchemaDocument.of(new SchemaDefinition(null, one.name(), null, world.dialect(),
                        one.name()), catalogue.tables(), catalogue.relationships());
                definitions.addAll(document.definitions());
                tables.addAll(document.tables());
                relationships.addAll(document.relationships());
            }
        }
        SchemaDocument introspected = new SchemaDocument(null, definitions, tables, relationships, List.of(), List.of(),
                List.of(), List.of(), 0);
        transaction.executeWithoutResult(status -> {
            if (!introspected.tables().isEmpty()) {
                schemaImport.run(world.name(), introspected, ImportMode.ADD, false);
            }
            schemaImport.run(world.name(), described, ImportMode.ADD, false);
            editor.change(world.name(), null, world.description());
            database.sql("insert into sample_worlds (name) values (:name)").param("name", world.name()).update();
        });
    }

    /** The embedded server's port and the data folder may be others than at the last start. */
    private void relocate(SampleWorld world) {
        for (SampleWorld.Database one : world.databases()) {
            dataSources.find(one.name()).filter(stored -> one.description().equals(stored.description()))
                    .ifPresent(stored -> databases.movedTo(world, one, stored.url())
                            .ifPresent(url -> dataSources.relocate(stored, url)));
        }
    }

    /** A file of the world's folder. */
    static byte[] resource(SampleWorld world, String file) throws IOException {
        String path = "/db/samples/" + world.name() + "/" + file;
        try (InputStream stream = SampleWorlds.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IOException("The program lacks " + path);
            }
            return stream.readAllBytes();
        }
    }

    /** A script of the world's folder. */
    static String script(SampleWorld world, SampleWorld.Database one) throws IOException {
        return new String(resource(world, one.script()), StandardCharsets.UTF_8);
    }
}
