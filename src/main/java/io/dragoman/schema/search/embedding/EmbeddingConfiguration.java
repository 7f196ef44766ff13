package io.dragoman.schema.search.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.dragoman.cache.Caches;
import io.dragoman.cache.JsonForm;
import io.dragoman.config.CacheProperties;
import io.dragoman.config.DragomanProperties;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the embedding model by {@code dragoman.embedding.provider}. */
@Configuration(proxyBeanMethods = false)
public class EmbeddingConfiguration {

    private static final int RETRIES = 2;

    /** Configured by Spring. */
    public EmbeddingConfiguration() {
    }

    /**
     * The model that {@code routes/embedding.camel.yaml} names.
     *
     * @throws IllegalStateException if the configuration names an unknown provider or lacks the key that it needs
     */
    @Bean
    EmbeddingModel embeddingModel(DragomanProperties properties) {
        DragomanProperties.Embedding settings = properties.embedding();
        return switch (settings.provider()) {
            case "local" -> local(settings);
            case "gemini" -> GoogleAiEmbeddingModel.builder().apiKey(key(settings)).baseUrl(baseUrl(settings))
                    .modelName(model(settings)).outputDimensionality(dimensions(settings))
                    .timeout(settings.timeout()).maxRetries(RETRIES).build();
            case "openai" -> OpenAiEmbeddingModel.builder().apiKey(key(settings)).baseUrl(baseUrl(settings))
                    .modelName(model(settings)).dimensions(dimensions(settings)).maxSegmentsPerBatch(settings.batch())
                    .timeout(settings.timeout()).maxRetries(RETRIES).build();
            case "none" -> new NoModel();
            default -> throw new IllegalStateException("dragoman.embedding.provider is '" + settings.provider()
                    + "', not one of local, gemini, openai, none");
        };
    }

    @Bean
    Embedder embedder(DragomanProperties properties, EmbeddingModel embeddingModel, ProducerTemplate camel, Caches caches,
            CacheProperties cached) {
        Cache<String, float[]> questions = caches.create("embeddings", cached.embeddings(), vector -> Float.BYTES * vector.length,
                JsonForm.of(float[].class));
        return new Embedder(modelId(properties.embedding()), embeddingModel, properties.embedding().batch(),
                question -> camel.requestBody("direct:embed-question", TextSegment.from(question), float[].class), questions);
    }

    /** Names the vectors: those of another id cannot be compared. */
    static String modelId(DragomanProperties.Embedding settings) {
        if (settings.provider().equals("none")) {
            return Embedder.NONE;
        }
        Integer dimensions = dimensions(settings);
        return settings.provider() + "/" + model(settings) + (dimensions == null ? "" : "/" + dimensions);
    }

    private static EmbeddingModel local(DragomanProperties.Embedding settings) {
        if (!model(settings).equals(LocalModel.NAME)) {
            throw new IllegalStateException("dragoman.embedding.model is '" + settings.model()
                    + "', but the provider local has only " + LocalModel.NAME);
        }
        return new LocalModel();
    }

    private static String model(DragomanProperties.Embedding settings) {
        if (!settings.model().isBlank()) {
            return settings.model();
        }
        return switch (settings.provider()) {
            case "gemini" -> "text-embedding-005";
            case "openai" -> "text-embedding-3-small";
            default -> LocalModel.NAME;
        };
    }

    private static Integer dimensions(DragomanProperties.Embedding settings) {
        if (settings.dimensions() > 0) {
            return settings.dimensions();
        }
        return settings.provider().equals("gemini") ? 768 : null;
    }

    private static String key(DragomanProperties.Embedding settings) {
        if (settings.apiKey().isBlank()) {
            throw new IllegalStateException("dragoman.embedding.api-key is empty, but the provider "
                    + settings.provider() + " needs one");
        }
        return settings.apiKey();
    }

    private static String baseUrl(DragomanProperties.Embedding settings) {
        return settings.baseUrl().isBlank() ? null : settings.baseUrl();
    }

    /** Stands in the route when vectors are switched off. Nothing asks it. */
    private static final class NoModel implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            throw new IllegalStateException("dragoman.embedding.provider is none");
        }
    }
}
