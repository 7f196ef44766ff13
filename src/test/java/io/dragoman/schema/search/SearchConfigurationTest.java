package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.PgvectorServer;
import io.dragoman.testing.Requires;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SearchConfigurationTest {

    @Test
    void searchesInMemoryWhereTheServerLacksPgvector() {
        assertThat(index(TestDatabase.shared().dataSource(), 384)).isInstanceOf(MemoryVectorIndex.class);
    }

    @Test
    @Requires(PgvectorServer.class)
    void searchesByPgvectorWhereTheServerHasItAndItsIndexTakesTheDimensions() {
        Flyway.configure().dataSource(PgvectorServer.dataSource()).locations("classpath:db/migration").load().migrate();

        assertThat(index(PgvectorServer.dataSource(), 768)).isInstanceOf(PgvectorIndex.class);
        assertThat(index(PgvectorServer.dataSource(), 3_072)).isInstanceOf(MemoryVectorIndex.class);
    }

    private static VectorIndex index(DataSource source, int dimensions) {
        return SearchConfiguration.vectorIndex(new JdbcTemplate(source),
                new TransactionTemplate(new JdbcTransactionManager(source)), "test", dimensions);
    }
}
