package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.VectorIndex.Near;
import io.dragoman.schema.search.VectorIndex.TableVector;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.LocalModelFixture;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.PgvectorServer;
import io.dragoman.testing.Requires;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Measures the parts of a search and the whole at 10,000 tables, for docs/Retrieval.md. */
@Tag("bench")
class SearchSpeedBench {

    private static final int TABLES = Integer.getInteger("dragoman.bench.tables", 10_000);
    private static final int QUESTIONS = 400;
    private static final List<String> FIELDS = List.of("harbour", "school", "hospital", "garden", "museum", "factory",
            "airport", "library", "theatre", "bakery", "vineyard", "railway", "studio", "clinic", "warehouse", "hotel",
            "forest", "laboratory", "stadium", "market", "orchard", "bridge", "quarry", "printing", "mining", "fishing",
            "parcel", "ticket", "energy", "water", "textile", "glass", "paper", "steel", "timber", "dairy", "poultry",
            "insurance", "pension", "mortgage");
    private static final List<String> NOUNS = List.of("invoice", "member", "visit", "shipment", "contract", "employee",
            "supplier", "payment", "inspection", "booking", "device", "incident", "course", "machine", "customer", "order",
            "permit", "vehicle", "report", "licence", "reading", "delivery", "audit", "asset", "budget");
    private static final List<String> KINDS = List.of("detail", "history", "type", "plan", "archive", "status", "note",
            "price", "region", "limit");

    private final Random random = new Random(3);
    private final EmbeddingModel model = LocalModelFixture.model();
    private final JdbcTemplate database = new JdbcTemplate(TestDatabase.shared().dataSource());

    private final SchemaGroup group = group();
    private final List<String> questions = questions();

    @Test
    void searchesTenThousandTables() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("embeddingModel", model);
            PluginHelper.getRoutesLoader(camel).loadRoutes(
                    PluginHelper.getResourceLoader(camel).resolveResource("classpath:routes/embedding.camel.yaml"));
            camel.start();
            var template = camel.createProducerTemplate();
            measure("embedding a question, the model alone", questions, question -> model.embed(question));
            measure("embedding a question, through the route", questions,
                    question -> template.requestBody("direct:embed-question", (Object) question, float[].class));
            long start = System.nanoTime();
            GroupIndexBuilder.compile(group, new Lexemes(database));
            System.out.printf(Locale.ROOT, "compiling the index: %d ms%n", (System.nanoTime() - start) / 1_000_000);
            start = System.nanoTime();
            Embedder embedder = new Embedder("local/bench", model, 64,
                    question -> template.requestBody("direct:embed-question", (Object) question, float[].class),
                    Caffeine.newBuilder().build());
            try (SearchFixture search = SearchFixture.of(List.of(group), embedder)) {
                System.out.printf(Locale.ROOT, "embedding %d tables and compiling: %d ms%n", TABLES, (System.nanoTime() - start) / 1_000_000);
                parts();
                List<String> unseen = questions();
                questions.forEach(question -> search.search(question, "big", null, null));
                measure("whole search, questions seen before", questions, question -> search.search(question, "big", null, null));
                measure("whole search, new questions", unseen, question -> search.search(question, "big", null, null));
            }
        }
    }

    private void parts() {
        Lexemes lexemes = new Lexemes(database);
        GroupIndex index = GroupIndexBuilder.compile(group, lexemes);
        measure("words, values and fusion in process", questions, question -> new Fusion(new Evidence(
                Question.of(question, lexemes), List.of(index), List.of(), Set.of()), false).rank());
        fullText();
    }

    /** PostgreSQL's own full text search over the same texts, for the decision record. */
    private void fullText() {
        database.execute("create table if not exists bench_text (id uuid primary key, search_text tsvector)");
        database.batchUpdate("insert into bench_text values (?, setweight(to_tsvector('english', ?), 'A') || "
                + "setweight(to_tsvector('english', ?), 'B') || setweight(to_tsvector('english', ?), 'C'))",
                group.tables().stream().map(table -> new Object[] {table.id(), String.join(" ", Words.of(table.name())),
                    String.join(" ", table.columns().stream().map(c -> String.join(" ", Words.of(c.name()))).toList()),
                    table.description()}).toList());
        database.execute("create index on bench_text using gin (search_text)");
        database.execute("analyze bench_text");
        measure("PostgreSQL full text, words or-ed, ts_rank, limit 100", questions, question -> database.queryForList(
                "select id, ts_rank(search_text, q) from bench_text, (select string_agg(quote_literal(lexeme), ' | ')::tsquery q "
                        + "from unnest(to_tsvector('english', ?))) query where search_text @@ q order by 2 desc limit 100", question));
        database.execute("drop table bench_text");
    }

    @Test
    @Requires(PgvectorServer.class)
    void findsTheSameVectorsInPgvectorAsInMemory() {
        List<TableVector> vectors = new ArrayList<>();
        for (TableDefinition table : group.tables()) {
            vectors.add(new TableVector(table.id(), model.embed(TableText.of(table).text()).content().vector()));
        }
        List<float[]> asked = questions.stream().map(question -> model.embed(question).content().vector()).toList();
        MemoryVectorIndex exact = new MemoryVectorIndex(384);
        exact.replace(group.id(), vectors);
        measure("vectors exactly, in memory, k = 100", asked, vector -> exact.nearest(vector, group.id(), 100));
        JdbcTemplate server = new JdbcTemplate(new SingleConnectionDataSource(
                connection(), true));
        Flyway.configure().dataSource(PgvectorServer.dataSource()).locations("classpath:db/migration").load().migrate();
        PgvectorIndex.available(server);
        PgvectorIndex index = PgvectorIndex.open(server, new TransactionTemplate(new JdbcTransactionManager(server.getDataSource())),
                "bench", 384);
        UUID definition = UUID.randomUUID();
        server.update("insert into schema_groups (id, name) values (?, 'big')", group.id());
        server.update("insert into schema_definitions (id, schema_group_id, name) values (?, ?, 'big')", definition, group.id());
        server.batchUpdate("insert into table_definitions (id, schema_id, table_name, content_hash, search_text) "
                + "values (?, ?, ?, repeat('0', 64), '')",
                group.tables().stream().map(table -> new Object[] {table.id(), definition, table.name()}).toList());
        long start = System.nanoTime();
        index.replace(group.id(), vectors);
        System.out.printf(Locale.ROOT, "storing the vectors in pgvector: %d ms%n", (System.nanoTime() - start) / 1_000_000);
        server.execute("analyze");
        measure("vectors by pgvector HNSW, all groups, k = 10", asked, vector -> index.nearest(vector, null, 10));
        measure("vectors by pgvector HNSW, all groups, k = 100", asked, vector -> index.nearest(vector, null, 100));
        measure("vectors by pgvector, one group, k = 100", asked, vector -> index.nearest(vector, group.id(), 100));
        double recall = recall(asked, exact, index, 10);
        System.out.printf(Locale.ROOT, "pgvector recall@10 %.4f, recall@100 %.4f%n", recall, recall(asked, exact, index, 100));
        assertThat(recall).isGreaterThanOrEqualTo(0.98);
    }

    private static double recall(List<float[]> asked, VectorIndex exact, VectorIndex index, int k) {
        double found = 0;
        for (float[] vector : asked) {
            // Equal texts have equal vectors, so what counts is the similarity.
            float least = exact.nearest(vector, null, k).get(k - 1).similarity() - 1e-5f;
            Set<UUID> seen = new HashSet<>();
            for (Near near : index.nearest(vector, null, k)) {
                found += near.similarity() >= least && seen.add(near.table()) ? 1 : 0;
            }
        }
        return found / k / asked.size();
    }

    private static Connection connection() {
        try {
            return PgvectorServer.dataSource().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> void measure(String what, List<T> inputs, Consumer<T> action) {
        for (int i = 0; i < Math.min(100, inputs.size() / 2); i++) {
            action.accept(inputs.get(i));
        }
        List<T> measured = inputs.subList(Math.min(100, inputs.size() / 2), inputs.size());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] millis = new double[measured.size()];
        double[] work = new double[millis.length];
        for (int i = 0; i < millis.length; i++) {
            long before = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            action.accept(measured.get(i));
            millis[i] = (System.nanoTime() - start) / 1e6;
            work[i] = (threads.getCurrentThreadCpuTime() - before) / 1e6;
        }
        Arrays.sort(millis);
        Arrays.sort(work);
        System.out.printf(Locale.ROOT, "%s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms; processor time of the caller p50 %.2f ms%n",
                what, millis[millis.length / 2], millis[millis.length * 9 / 10], millis[millis.length * 99 / 100],
                work[work.length / 2]);
    }

    private SchemaGroup group() {
        List<TableDefinition> tables = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            tables.add(Shop.table("big", name(i).replace(' ', '_'), "Every " + name(i) + " there is",
                    Shop.column(NOUNS.get(i / FIELDS.size() % NOUNS.size()) + "_id"), Shop.column("name"), Shop.column("created_on"),
                    Shop.column("amount"), Shop.column("parent_id"), Shop.values("state", "open", "closed", "code " + i)));
            if (i > 0) {
                relationships.add(Shop.relationship(tables.get(i).name(), "parent_id", tables.get(i / 2).name()));
            }
        }
        return Shop.group("big", tables, relationships, List.of(), List.of(), List.of());
    }

    private static String name(int i) {
        return FIELDS.get(i % FIELDS.size()) + " " + NOUNS.get(i / FIELDS.size() % NOUNS.size()) + " "
                + KINDS.get(i / FIELDS.size() / NOUNS.size() % KINDS.size());
    }

    private List<String> questions() {
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            String what = name(random.nextInt(TABLES));
            questions.add(switch (i % 4) {
                case 0 -> "How many open " + what + "s are there in " + (1990 + i % 35) + "?";
                case 1 -> "What is the total amount of " + what + "s by state, number " + i + "?";
                case 2 -> "Show the names of the " + (i + 2) + " largest " + what + "s";
                default -> "Which " + what + " was created last, after " + i + "?";
            });
        }
        return questions;
    }
}
