package io.dragoman.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.datasource.ResultTable;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.QueryFeatures;
import io.dragoman.dialect.QueryFeatures.TableRead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.create.view.CreateView;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the views of a database read, from their definitions. They are kept for a minute, and looked up only while a policy
 * names tables or columns. Thread-safe.
 */
@Component
class Views {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST_VIEWS = 20_000;
    private static final long TIMEOUT_MS = 10_000;

    /** Each row has the schema (or null), the view's name and its definition. */
    private static final Map<String, String> DEFINITIONS = Map.of(
            "postgresql", """
                    SELECT n.nspname, c.relname, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')""",
            "sqlite", "SELECT NULL, name, sql FROM sqlite_master WHERE type = 'view'",
            "duckdb", "SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal",
            "mysql", "SELECT table_schema, table_name, view_definition FROM information_schema.views");

    private final DataSources dataSources;
    private final Cache<String, Map<String, List<View>>> known = Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(200)
            .build();

    Views(DataSources dataSources) {
        this.dataSources = dataSources;
    }

    /** A view, whose definition is looked into when somebody reads it. */
    static final class View {

        /** In lower case; null where the database has none. */
        private final String schema;
        private final Supplier<Optional<QueryFeatures>> features;

        private View(String schema, Dialect dialect, Object definition) {
            this.schema = schema;
            this.features = SingletonSupplier.of(() -> Optional.ofNullable(read(dialect, definition)));
        }

        /** What its definition reads; null when that cannot be told. */
        QueryFeatures features() {
            return features.get().orElse(null);
        }
    }

    /**
     * The views that a table's name may stand for: without a schema, those of that name in all schemas, as it is the database
     * that decides which one it takes. Empty when it is no view.
     *
     * @throws Connector.UnavailableException when the database cannot be reached, or has more views than can be read
     */
    List<View> find(DataSourceDefinition source, Dialect dialect, TableRead table) {
        if (!DEFINITIONS.containsKey(dialect.name())) {
            return List.of();
        }
        Map<String, List<View>> views = known.get(source.id() + "@" + source.url(), key -> read(source, dialect));
        String[] parts = table.written().toLowerCase(Locale.ROOT).split("\\.");
        List<View> named = views.getOrDefault(parts[parts.length - 1], List.of());
        List<View> within = named.stream().filter(view -> parts.length == 1 || view.schema == null
                || view.schema.equals(parts[parts.length - 2])).toList();
        return within.isEmpty() ? named : within;
    }

    private Map<String, List<View>> read(DataSourceDefinition source, Dialect dialect) {
        ResultTable rows = dataSources.connector(source).execute(DEFINITIONS.get(dialect.name()), MOST_VIEWS, TIMEOUT_MS);
        if (rows.truncated()) {
            throw new Connector.UnavailableException("The datasource '" + source.name() + "' has more views than can be looked"
                    + " through, and the policy blocks tables or columns", null);
        }
        Map<String, List<View>> views = new HashMap<>();
        for (List<Object> row : rows.rows()) {
            String schema = row.get(0) == null ? null : row.get(0).toString().toLowerCase(Locale.ROOT);
            views.computeIfAbsent(row.get(1).toString().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(new View(schema, dialect, row.get(2)));
        }
        return views;
    }

    private static QueryFeatures read(Dialect dialect, Object definition) {
        if (definition == null) {
            return null;
        }
        String text = definition.toString().strip();
        Inspection inspection = dialect.inspect(text.regionMatches(true, 0, "CREATE", 0, 6) ? query(text) : text, null, true);
        return inspection.passed() ? inspection.features() : null;
    }

    /** The query within a {@code CREATE VIEW}; an empty text when it cannot be read. */
    private static String query(String text) {
        try {
            return CCJSqlParserUtil.parse(text) instanceof CreateView view ? view.getSelect().toString() : "";
        } catch (JSQLParserException e) {
            return "";
        }
    }
}
