package io.dragoman.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.EmbeddingException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * How much alike texts are, 0 to 1: from the words they share (Jaccard) and the cosine of their vectors, or from the
 * words alone where there are no vectors. Vectors of texts are kept; at most a batch is embedded for one question. Thread-safe.
 */
@Component
class Similarity {

    /** How much words count beside vectors. */
    private static final double WORDS = 0.3;
    private static final int KEPT = 20_000;
    private static final int LONGEST = 1_000;

    private final Embedder embedder;
    private final Cache<String, float[]> vectors = Caffeine.newBuilder().maximumSize(KEPT).build();

    Similarity(Embedder embedder) {
        this.embedder = embedder;
    }

    /** How much a text is like each of the others, in their order. */
    double[] of(String text, List<String> others) {
        Set<String> words = words(text);
        double[] scores = others.stream().mapToDouble(other -> shared(words, words(other))).toArray();
        float[] vector = others.isEmpty() ? null : vectorsFor(text, others);
        if (vector == null) {
            return scores;
        }
        for (int i = 0; i < scores.length; i++) {
            float[] other = vectors.getIfPresent(beginning(others.get(i)));
            scores[i] = other == null ? scores[i]
                    : WORDS * scores[i] + (1 - WORDS) * Math.max(0, cosine(vector, other));
        }
        return scores;
    }

    /** The share of all words of two texts that both have. */
    static double lexical(String one, String other) {
        return shared(words(one), words(other));
    }

    /** The vector of the question, with those of the others brought up; null when there is no model that answers. */
    private float[] vectorsFor(String text, List<String> others) {
        if (!embedder.enabled()) {
            return null;
        }
        try {
            List<String> missing = others.stream().map(Similarity::beginning).distinct()
                    .filter(other -> vectors.getIfPresent(other) == null).limit(embedder.batch()).toList();
            if (!missing.isEmpty()) {
                List<float[]> embedded = embedder.texts(missing);
                for (int i = 0; i < missing.size(); i++) {
                    vectors.put(missing.get(i), embedded.get(i));
                }
            }
            return embedder.question(beginning(text));
        } catch (EmbeddingException e) {
            return null;
        }
    }

    private static String beginning(String text) {
        String stripped = text.strip();
        return stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double length = 0;
        double otherLength = 0;
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            product += one[i] * other[i];
            length += one[i] * one[i];
            otherLength += other[i] * other[i];
        }
        return length == 0 || otherLength == 0 ? 0 : product / Math.sqrt(length * otherLength);
    }

    private static double shared(Set<String> one, Set<String> other) {
        long both = one.stream().filter(other::contains).count();
        return both == 0 ? 0 : both / (double) (one.size() + other.size() - both);
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
                word.append(text.charAt(i));
            } else if (!word.isEmpty()) {
                words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
        }
        return words;
    }
}
