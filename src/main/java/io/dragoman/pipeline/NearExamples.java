package io.dragoman.pipeline;

import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The few-shot examples whose questions share the most words with a question (Jaccard similarity). */
@Component
class NearExamples {

    private static final int MOST = 3;
    private static final double LEAST = 0.25;

    private record Scored(Example example, double score) {
    }

    List<Example> of(String question, SchemaGroup group, String dialect) {
        Set<String> asked = words(question);
        return group.examples().stream()
                .filter(example -> example.dialect() == null || example.dialect().equals(dialect))
                .map(example -> new Scored(example, similarity(asked, words(example.question()))))
                .filter(scored -> scored.score() >= LEAST)
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(MOST)
                .map(Scored::example)
                .toList();
    }

    private static double similarity(Set<String> one, Set<String> other) {
        long shared = one.stream().filter(other::contains).count();
        return shared == 0 ? 0 : shared / (double) (one.size() + other.size() - shared);
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
