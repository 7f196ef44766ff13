package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.schema.search.VectorIndex.TableVector;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.PgvectorServer;
import io.dragoman.testing.Requires;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Requires(PgvectorServer.class)
class PgvectorIndexTest extends VectorIndexContract {

    private static JdbcTemplate database;

    @BeforeAll
    static void migrate() {
        // Otherwise the planner compares every vector where there are as few as in tests.
        database = new JdbcTemplate(PgvectorServer.dataSource("-c enable_seqscan=off"));
        Flyway.configure().dataSource(database.getDataSource()).locations("classpath:db/migration").load().migrate();
    }

    @Override
    VectorIndex index() {
        assertThat(PgvectorIndex.available(database)).isTrue();
        VectorIndex index = open("test/model");
        // Emptied with its index: the graph over many equal vectors of another test that are only deleted has no way to all.
        database.execute("truncate table_vectors_" + DIMENSIONS);
        return index;
    }

    private static VectorIndex open(String model) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.getDataSource()));
        return PgvectorIndex.open(database, transaction, model, DIMENSIONS);
    }

    @Override
    List<UUID> tables(UUID group, int count) {
        database.update("insert into schema_groups (id, name) values (?, ?)", group, "group " + group);
        UUID definition = UUID.randomUUID();
        database.update("insert into schema_definitions (id, schema_group_id, name) values (?, ?, 'test')", definition, group);
        return database.queryForList("insert into table_definitions (schema_id, table_name, content_hash, search_text) "
                + "select ?, 'table ' || n, repeat('0', 64), '' from generate_series(1, ?) n returning id", UUID.class,
                definition, count);
    }

    @Test
    void isNotAvailableWhereTheServerLacksTheExtension() {
        assertThat(PgvectorIndex.available(new JdbcTemplate(TestDatabase.shared().dataSource()))).isFalse();
    }

    @Test
    void deletingATableDeletesItsVector() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        List<UUID> tables = tables(group, 2);
        float[] vector = new float[DIMENSIONS];
        vector[0] = 1;
        index.replace(group, List.of(new TableVector(tables.get(0), vector), new TableVector(tables.get(1), vector)));

        database.update("delete from table_definitions where id = ?", tables.get(0));

        assertThat(index.nearest(vector, group, 5)).extracting(VectorIndex.Near::table).containsExactly(tables.get(1));
    }

    @Test
    void doesNotFindVectorsOfAnotherModel() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        float[] vector = new float[DIMENSIONS];
        vector[0] = 1;
        List<TableVector> vectors = tables(group, 2).stream().map(table -> new TableVector(table, vector)).toList();
        index.replace(group, vectors);

        VectorIndex other = open("other/model");

        assertThat(other.nearest(vector, null, 5)).isEmpty();
        other.replace(group, vectors);
        assertThat(other.nearest(vector, null, 5)).hasSize(2);
    }

    @Test
    void answersFromTheHnswIndex() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        float[] vector = new float[DIMENSIONS];
        vector[0] = 1;
        index.replace(group, tables(group, 500).stream().map(table -> new TableVector(table, vector)).toList());
        database.execute("analyze table_vectors_" + DIMENSIONS);

        List<String> plan = database.queryForList("explain select table_id from table_vectors_" + DIMENSIONS
                + " where model = 'test/model' order by embedding <=> (select embedding from table_vectors_" + DIMENSIONS
                + " limit 1) limit 10", String.class);

        assertThat(String.join("\n", plan)).contains("table_vectors_" + DIMENSIONS + "_nearest");
    }
}
