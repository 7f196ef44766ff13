package io.dragoman.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept so that it need not be worked out again, {@code dragoman.cache}. The defaults are in {@code application.yaml}.
 *
 * @param embeddings    vectors of questions
 * @param schemaLookups tables that were found for questions
 * @param llmReplies    replies of LLMs at temperature 0
 * @param conversations what a follow-up needs of the question before
 * @param queryResults  rows of queries
 */
@Validated
@ConfigurationProperties("dragoman.cache")
public record CacheProperties(@Valid @DefaultValue Layer embeddings, @Valid @DefaultValue Layer schemaLookups,
        @Valid @DefaultValue Layer llmReplies, @Valid @DefaultValue Layer conversations,
        @Valid @DefaultValue Layer queryResults) {

    /**
     * One cache.
     *
     * @param ttl    how long an entry may be used; 0 switches the cache off
     * @param size   the most memory that its entries take in this process, about
     * @param shared whether entries are also kept in Redis, when there is one
     */
    public record Layer(@NotNull @DefaultValue("0s") Duration ttl, @NotNull @DefaultValue("16MB") DataSize size,
            @DefaultValue("false") boolean shared) {
    }
}
