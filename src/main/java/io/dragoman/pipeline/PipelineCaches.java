package io.dragoman.pipeline;

import io.dragoman.cache.Caches;
import io.dragoman.cache.JsonForm;
import io.dragoman.cache.NamedCache;
import io.dragoman.cluster.Changes;
import io.dragoman.config.CacheProperties;
import io.dragoman.llm.LlmReply;
import io.dragoman.schema.search.Retrieval;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The caches that routes of the pipeline use by name. */
@Configuration(proxyBeanMethods = false)
class PipelineCaches {

    /** What a table that was found takes, with its reasons. */
    private static final int HIT_BYTES = 600;

    /** Replies of LLMs to calls at temperature 0. */
    @Bean("llm-replies")
    NamedCache<LlmReply> llmReplies(Caches caches, CacheProperties settings) {
        return caches.create("llm-replies", settings.llmReplies(), reply -> 2 * reply.text().length(),
                JsonForm.of(LlmReply.class));
    }

    /** The tables that were found for questions. */
    @Bean("schema-lookups")
    NamedCache<Retrieval> schemaLookups(Caches caches, CacheProperties settings) {
        return caches.create("schema-lookups", settings.schemaLookups(),
                found -> HIT_BYTES * (found.hits().size() + found.closest().size()), JsonForm.of(Retrieval.class));
    }

    /** Rows of queries, for a short while. */
    @Bean("query-results")
    NamedCache<KeptRows> queryResults(Caches caches, CacheProperties settings, Changes changes) {
        NamedCache<KeptRows> rows = caches.create("query-results", settings.queryResults(), KeptRows::bytes, new RowsJson());
        // Their keys say what they depend on; this only lets go of what nobody will ask for any more.
        changes.listen("data_source", change -> rows.invalidateAll());
        changes.listen("policy", change -> rows.invalidateAll());
        return rows;
    }
}
