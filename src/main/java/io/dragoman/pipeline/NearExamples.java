package io.dragoman.pipeline;

import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The few-shot examples whose questions are most like a question. */
@Component
class NearExamples {

    private static final int MOST = 3;
    private static final double LEAST = 0.25;

    private final Similarity similarity;

    NearExamples(Similarity similarity) {
        this.similarity = similarity;
    }

    List<Example> of(String question, SchemaGroup group, String dialect) {
        List<Example> known = group.examples().stream()
                .filter(example -> example.dialect() == null || example.dialect().equals(dialect)).toList();
        double[] scores = similarity.of(question, known.stream().map(Example::question).toList());
        return IntStream.range(0, scores.length).filter(i -> scores[i] >= LEAST).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .limit(MOST).map(known::get).toList();
    }
}
