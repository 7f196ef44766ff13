package io.dragoman.schema.search.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns texts into vectors. Questions go through a Camel route and are kept for a while; batches of table texts go to the
 * same model at once, as Camel's component takes single texts only. Thread-safe.
 */
public class Embedder {

    /** The model id when vectors are switched off. */
    static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(Embedder.class);
    /** After a failure questions do not wait for the model again for so long. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final String modelId;
    private final EmbeddingModel model;
    private final int batch;
    private final Function<String, float[]> route;
    private final Cache<String, float[]> questions;
    private volatile long restsUntil = System.nanoTime();

    /**
     * Uses a model.
     *
     * @param modelId   names the vectors, {@code none} to have none
     * @param batch     the most texts sent at once
     * @param route     embeds one text, in the pipeline by Camel
     * @param questions keeps the vectors of questions, under the model's id and the question
     */
    public Embedder(String modelId, EmbeddingModel model, int batch, Function<String, float[]> route,
            Cache<String, float[]> questions) {
        this.questions = questions;
        this.modelId = modelId;
        this.model = model;
        this.batch = batch;
        this.route = route;
    }

    /** Names the model; vectors of different ids cannot be compared. */
    public String modelId() {
        return modelId;
    }

    /** Whether there is a model at all. */
    public boolean enabled() {
        return !modelId.equals(NONE);
    }

    /** How many texts {@link #texts} sends at once. */
    public int batch() {
        return batch;
    }

    /**
     * The vector of a question. The array is shared and must not be changed.
     *
     * @throws EmbeddingException if the model does not answer, or did not a moment ago
     */
    public float[] question(String question) {
        String key = modelId + " " + question;
        float[] known = questions.getIfPresent(key);
        if (known != null) {
            return known;
        }
        if (System.nanoTime() - restsUntil < 0) {
            throw new EmbeddingException("the embedding model " + modelId + " failed a moment ago", null);
        }
        try {
            float[] vector = route.apply(question);
            questions.put(key, vector);
            return vector;
        } catch (RuntimeException e) {
            // One text that the model will not read must not keep the others from it.
            if (!(rootCause(e) instanceof IllegalArgumentException)) {
                restsUntil = System.nanoTime() + REST.toNanos();
                LOG.warn("The embedding model {} does not answer; searching by words for {} s: {}", modelId,
                        REST.toSeconds(), rootCause(e).getClass().getSimpleName());
            }
            throw new EmbeddingException("the embedding model " + modelId + " does not answer", e);
        }
    }

    /**
     * The vectors of texts, in their order.
     *
     * @throws EmbeddingException if the model does not answer
     */
    public List<float[]> texts(List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        try {
            for (int from = 0; from < texts.size(); from += batch) {
                List<TextSegment> part = texts.subList(from, Math.min(texts.size(), from + batch)).stream()
                        .map(TextSegment::from).toList();
                for (Embedding embedding : model.embedAll(part).content()) {
                    vectors.add(embedding.vector());
                }
            }
        } catch (RuntimeException e) {
            throw new EmbeddingException("the embedding model " + modelId + " does not answer: "
                    + rootCause(e).getClass().getSimpleName(), e);
        }
        return vectors;
    }

    /** Only its kind is told: a provider's message can repeat what was sent. */
    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
