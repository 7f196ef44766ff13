package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.search.OpenBenchmark.Asked;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.LocalModelFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures retrieval over public questions, for docs/Retrieval.md. {@code dragoman.bench.open} names the folder;
 * {@code dragoman.bench.step} takes every nth question.
 */
@Tag("bench")
@EnabledIfSystemProperty(named = "dragoman.bench.open", matches = ".+")
class RetrievalBench {

    private static final Path FOLDER = Path.of(System.getProperty("dragoman.bench.open", ""));
    private static final int STEP = Integer.getInteger("dragoman.bench.step", 1);

    private final EmbeddingModel model = LocalModelFixture.model();
    private final Embedder embedder = new Embedder("local/all-minilm-l6-v2-q", model, 64,
            text -> model.embed(text).content().vector(),
            Caffeine.newBuilder().build());

    @Test
    void findsTheTablesAmongAllDatabases() throws Exception {
        List<Asked> questions = everyNth(OpenBenchmark.questions(FOLDER.resolve("sqlite.jsonl")));
        for (boolean values : new boolean[] {false, true}) {
            List<SchemaGroup> groups = OpenBenchmark.groups(FOLDER.resolve("sqlite"), values);
            String what = values ? "DDL and sample values" : "DDL alone";
            if (!values) {
                System.out.println("Words alone, " + what + ": " + measure(questions, groups, SearchFixture.withoutVectors(groups), 15));
            }
            try (SearchFixture search = SearchFixture.of(groups, embedder)) {
                if (!values) {
                    System.out.println("Vectors alone, " + what + ": " + dense(questions, groups, search));
                }
                System.out.println("Hybrid, " + what + ", k = 15: " + measure(questions, groups, search, 15));
                Figures figures = measure(questions, groups, search, null);
                System.out.println("Hybrid, " + what + ", defaults: " + figures);
                assertThat(figures.recallAt5()).isGreaterThan(0.85);
                unanswerable(groups, search, questions);
            }
        }
    }

    private void unanswerable(List<SchemaGroup> groups, SearchFixture search, List<Asked> questions) throws Exception {
        List<Asked> strange = OpenBenchmark.questions(FOLDER.resolve("unanswerable.jsonl"));
        int all = 0;
        int one = 0;
        int asked = 0;
        for (int i = 0; i < strange.size(); i++) {
            all += search.search(strange.get(i).question(), null, null, null).hits().isEmpty() ? 1 : 0;
            for (int g = i % 10; g < groups.size(); g += 10) {
                one += search.search(strange.get(i).question(), groups.get(g).name(), null, null).hits().isEmpty() ? 1 : 0;
                asked++;
            }
        }
        int right = 0;
        double recall = 0;
        for (Asked question : questions) {
            List<TableHit> hits = search.search(question.question(), question.database(), null, null).hits();
            right += hits.isEmpty() ? 0 : 1;
            recall += recall(question, hits);
        }
        System.out.printf(Locale.ROOT, "Nothing found for questions about nothing there: %d of %d in all databases, %.3f in one "
                + "database of another subject; something found in the right database %.3f, recall there %.3f%n", all,
                strange.size(), one / (double) asked, right / (double) questions.size(), recall / questions.size());
    }

    private record Figures(int questions, double recallAt5, double recallAt15, double recall, double hits,
            double rightDatabaseFirst, double millisP50, double millisP99) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d questions, recall@5 %.3f, @15 %.3f, all hits %.3f (%.1f tables), right database first %.3f, "
                    + "p50 %.2f ms, p99 %.2f ms", questions, recallAt5, recallAt15, recall, hits, rightDatabaseFirst, millisP50, millisP99);
        }
    }

    private Figures measure(List<Asked> questions, List<SchemaGroup> groups, SearchFixture search, Integer k) {
        double at5 = 0;
        double at15 = 0;
        double all = 0;
        double found = 0;
        double first = 0;
        double[] millis = new double[questions.size()];
        for (int i = 0; i < questions.size(); i++) {
            Asked question = questions.get(i);
            long start = System.nanoTime();
            List<TableHit> hits = search.search(question.question(), null, k, k == null ? null : 0.0).hits();
            millis[i] = (System.nanoTime() - start) / 1e6;
            at5 += recall(question, hits.subList(0, Math.min(5, hits.size())));
            at15 += recall(question, hits.subList(0, Math.min(15, hits.size())));
            all += recall(question, hits);
            found += hits.size();
            first += !hits.isEmpty() && hits.get(0).group().equals(question.database()) ? 1 : 0;
        }
        Arrays.sort(millis);
        int n = questions.size();
        return new Figures(n, at5 / n, at15 / n, all / n, found / n, first / n, millis[n / 2], millis[n * 99 / 100]);
    }

    private Figures dense(List<Asked> questions, List<SchemaGroup> groups, SearchFixture search) {
        double at5 = 0;
        double at15 = 0;
        double first = 0;
        for (Asked question : questions) {
            List<TableHit> hits = search.vectorsAlone(question.question(), 15);
            at5 += recall(question, hits.subList(0, 5));
            at15 += recall(question, hits);
            first += hits.get(0).group().equals(question.database()) ? 1 : 0;
        }
        int n = questions.size();
        return new Figures(n, at5 / n, at15 / n, at15 / n, 15, first / n, 0, 0);
    }

    private static double recall(Asked question, List<TableHit> hits) {
        Set<String> gold = new HashSet<>();
        question.tables().forEach(table -> gold.add(table.toLowerCase(Locale.ROOT)));
        long found = hits.stream().filter(hit -> hit.group().equals(question.database()))
                .filter(hit -> gold.contains(hit.table().toLowerCase(Locale.ROOT))).count();
        return gold.isEmpty() ? 1 : (double) found / gold.size();
    }

    private static List<Asked> everyNth(List<Asked> questions) {
        List<Asked> some = new ArrayList<>();
        for (int i = 0; i < questions.size(); i += STEP) {
            some.add(questions.get(i));
        }
        return some;
    }
}
