package io.dragoman.schema.search;

import io.dragoman.config.DragomanProperties;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.EmbeddingCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the search together. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SearchConfiguration.class);

    @Bean
    TableVectors tableVectors(Embedder embedder, EmbeddingCache cache, JdbcTemplate database,
            PlatformTransactionManager transactions) {
        return new TableVectors(embedder, cache, dimensions -> vectorIndex(database, new TransactionTemplate(transactions),
                embedder.modelId(), dimensions));
    }

    @Bean
    SchemaSearch schemaSearch(SchemaGroups groups, JdbcTemplate database, TableVectors vectors,
            DragomanProperties properties) {
        return new SchemaSearch(new Snapshots(groups::find, groups::names), new Lexemes(database), vectors,
                properties.retrieval());
    }

    static VectorIndex vectorIndex(JdbcTemplate database, TransactionTemplate transaction, String model,
            int dimensions) {
        if (dimensions <= PgvectorIndex.MOST_DIMENSIONS && PgvectorIndex.available(database)) {
            LOG.info("Vectors of {} dimensions are searched by pgvector (HNSW)", dimensions);
            return PgvectorIndex.open(database, transaction, model, dimensions);
        }
        LOG.info("Vectors of {} dimensions are searched in memory", dimensions);
        return new MemoryVectorIndex(dimensions);
    }
}
