package io.dragoman.schema.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009) of three rankings of the tables: by vector similarity, by
 * words, and by values and taught terms. In each, a table's database speaks for it too. A table then lends part of its
 * score to the tables it has relationships with, so that join tables rise.
 */
class Fusion {

    /** A table and its score from 0 to 1. */
    record Scored(int table, double score) {
    }

    /** Cormack's k is 60, for lists of thousands; here the first few places must count. Chosen in docs/Retrieval.md. */
    private static final double K = 5;
    private static final int LONGEST_LIST = 100;
    private static final double MATCH_WITH_WORDS = 0.3;
    private static final double DATABASE_SIMILARITY = 0.5;
    private static final double LENT = 0.4;
    /** A table with more relationships than this, such as a calendar, says nothing about its neighbours. */
    private static final int HUB = 64;

    /** Cosines at which a question has nothing to do with a table, and at which it is about it. */
    private static final double UNRELATED = 0.2;
    private static final double RELATED = 0.7;
    private static final double TAUGHT_RELEVANCE = 0.5;
    /** Where a schema has few tables, most of them say its own words, so that these tell little; a table's name does. */
    private static final double CALLED_RELEVANCE = 0.3;
    /** Without vectors, few of a question's words are a table's own. */
    private static final double WORDS_ALONE = 3;

    private final Evidence evidence;
    private final boolean vectors;

    Fusion(Evidence evidence, boolean vectors) {
        this.evidence = evidence;
        this.vectors = vectors;
    }

    /** The best tables, best first, at most a few hundred. */
    List<Scored> rank() {
        Map<Integer, Double> fused = new HashMap<>();
        int[] candidates = evidence.candidates();
        addRanks(fused, candidates, table -> evidence.similarity(table, DATABASE_SIMILARITY));
        addRanks(fused, withDatabases(candidates), table -> evidence.words(table, MATCH_WITH_WORDS));
        addRanks(fused, candidates, evidence::matches);
        addMissing(fused);
        lend(fused);
        double best = fused.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double relevance = 0;
        for (int table : fused.keySet()) {
            relevance = Math.max(relevance, relevance(table) * fused.get(table) / best);
        }
        List<Scored> ranked = new ArrayList<>();
        for (Map.Entry<Integer, Double> entry : fused.entrySet()) {
            ranked.add(new Scored(entry.getKey(), relevance * entry.getValue() / best));
        }
        ranked.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::table));
        return ranked;
    }

    private int[] withDatabases(int[] candidates) {
        int[] further = evidence.spokenForByDatabase(MATCH_WITH_WORDS, LONGEST_LIST);
        int[] both = Arrays.copyOf(candidates, candidates.length + further.length);
        System.arraycopy(further, 0, both, candidates.length, further.length);
        return both;
    }

    private void addRanks(Map<Integer, Double> fused, int[] candidates, IntToDoubleFunction score) {
        int[] best = best(candidates, score);
        int rank = 0;
        for (int i = 0; i < best.length; i++) {
            if (i == 0 || score.applyAsDouble(best[i]) < score.applyAsDouble(best[i - 1])) {
                rank = i + 1;
            }
            fused.merge(best[i], 1 / (K + rank), Double::sum);
        }
    }

    /** A table so new that it has no vector yet must not fall behind for that: its words count twice. */
    private void addMissing(Map<Integer, Double> fused) {
        fused.replaceAll((table, score) -> evidence.similarity(table) == 0 && evidence.unembedded(table) ? 2 * score : score);
    }

    /** The candidates with the highest positive scores, highest first; of equal ones the first table. */
    private static int[] best(int[] candidates, IntToDoubleFunction score) {
        double[] kept = new double[LONGEST_LIST];
        int[] tables = new int[LONGEST_LIST];
        int size = 0;
        for (int table : candidates) {
            double value = score.applyAsDouble(table);
            if (value <= 0 || size == LONGEST_LIST && !before(value, table, kept[size - 1], tables[size - 1])) {
                continue;
            }
            int at = size < LONGEST_LIST ? size++ : size - 1;
            while (at > 0 && before(value, table, kept[at - 1], tables[at - 1])) {
                kept[at] = kept[at - 1];
                tables[at] = tables[at - 1];
                at--;
            }
            kept[at] = value;
            tables[at] = table;
        }
        return Arrays.copyOf(tables, size);
    }

    private static boolean before(double value, int table, double otherValue, int other) {
        return value > otherValue || value == otherValue && table < other;
    }

    private void lend(Map<Integer, Double> fused) {
        Map<Integer, Double> lent = new HashMap<>();
        for (Map.Entry<Integer, Double> entry : fused.entrySet()) {
            int[] neighbours = evidence.neighbours(entry.getKey());
            if (neighbours.length <= HUB) {
                for (int neighbour : neighbours) {
                    lent.merge(neighbour, LENT * entry.getValue(), Math::max);
                }
            }
        }
        lent.forEach((table, score) -> fused.merge(table, score, Double::sum));
    }

    /** How surely the question is about the table, from 0 to 1, whatever the other tables are. */
    private double relevance(int table) {
        double near = Math.max(0, Math.min(1, (evidence.similarity(table) - UNRELATED) / (RELATED - UNRELATED)));
        double explained = Math.min(1, evidence.explained(table)
                * (vectors && !evidence.unembedded(table) ? 1 : WORDS_ALONE));
        double known = evidence.taught(table) ? TAUGHT_RELEVANCE : evidence.called(table) ? CALLED_RELEVANCE : 0;
        return 1 - (1 - near) * (1 - explained) * (1 - known);
    }
}
