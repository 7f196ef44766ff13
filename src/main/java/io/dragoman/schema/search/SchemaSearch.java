package io.dragoman.schema.search;

import io.dragoman.cache.CacheKey;
import io.dragoman.config.DragomanProperties;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.Fusion.Scored;
import io.dragoman.schema.search.VectorIndex.Near;
import io.dragoman.schema.search.embedding.EmbeddingProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Hybrid retrieval of the tables that a question is about: vector similarity, words, and values and taught terms, fused by
 * reciprocal rank and closed over relationships. Thread-safe.
 */
public class SchemaSearch {

    private static final int CLOSEST = 3;
    private static final int LONGEST_QUESTION = 4_000;
    private static final int NEAREST = 100;
    /** Joins are only sought between tables that are this near to the best one's score. */
    private static final double WORTH_JOINING = 0.5;

    private final Snapshots snapshots;
    private final GroupIndexes indexes;
    private final Lexemes dictionary;
    private final TableVectors vectors;
    private final DragomanProperties.Retrieval defaults;

    SchemaSearch(Snapshots snapshots, Lexemes dictionary, TableVectors vectors, DragomanProperties.Retrieval defaults) {
        this.snapshots = snapshots;
        this.dictionary = dictionary;
        this.vectors = vectors;
        this.defaults = defaults;
        indexes = new GroupIndexes(dictionary);
    }

    /**
     * Finds tables. Nothing is found in a group that does not exist.
     *
     * @param question  in plain language; beyond 4,000 characters it is not read
     * @param group     the name or id of the schema group to search; null for all
     * @param k         the most tables before joins are closed over; null for the configured number
     * @param threshold the least fused score; null for the configured one
     */
    public Retrieval search(String question, String group, Integer k, Double threshold) {
        String text = question.strip();
        text = text.length() > LONGEST_QUESTION ? text.substring(0, LONGEST_QUESTION) : text;
        List<SchemaGroup> groups = group == null ? snapshots.all() : snapshots.find().apply(group).stream().toList();
        Question asked = Question.of(text, dictionary);
        if (asked.words().isEmpty()) {
            return new Retrieval(List.of(), List.of(), false, null);
        }
        TableVectors.Found near = vectors.nearest(text, groups, NEAREST);
        Evidence evidence = new Evidence(asked, groups.stream().map(indexes::of).toList(), near.near(),
                near.unembedded());
        List<Scored> ranked = new Fusion(evidence, !near.near().isEmpty()).rank();
        double least = threshold == null ? defaults.threshold() : threshold;
        List<Scored> found = ranked.stream().filter(table -> table.score() >= least && table.score() > 0)
                .limit(k == null ? defaults.k() : k).toList();
        Reasons reasons = new Reasons(asked, evidence);
        List<TableHit> hits = new ArrayList<>();
        found.forEach(table -> hits.add(hit(evidence, table, reasons.of(table.table()))));
        hits.addAll(joining(evidence, ranked, found));
        return new Retrieval(hits, closest(evidence, ranked, near.near(), reasons), near.reason() != null, near.reason());
    }

    /**
     * Names everything that {@link #search} with the configured numbers depends on, for whoever keeps what it found.
     *
     * @return empty while vectors are behind the tables, so that another search will soon find more
     */
    public Optional<String> state(String question, String group) {
        List<SchemaGroup> groups = group == null ? snapshots.all() : snapshots.find().apply(group).stream().toList();
        if (!vectors.upWith(groups)) {
            return Optional.empty();
        }
        StringBuilder versions = new StringBuilder();
        groups.forEach(one -> versions.append(one.id()).append(' ').append(one.version()).append('\n'));
        return Optional.of(CacheKey.of(question.strip(), group, versions, vectors.progress().model(), defaults));
    }

    /** How far the embedding of tables has come, for the health check. */
    public EmbeddingProgress embeddingProgress() {
        return vectors.progress();
    }

    /** Brings indexes and vectors up with all groups, in the background, and forgets those that are gone. */
    void load() {
        vectors.inBackground(() -> {
            List<SchemaGroup> all = snapshots.all();
            for (SchemaGroup group : all) {
                indexes.of(group);
                vectors.update(group);
            }
            forgetAllBut(all);
            vectors.prune();
        });
    }

    /** Brings indexes and vectors up with a group that changed or is new, in the background. */
    void groupChanged(String name) {
        vectors.inBackground(() -> snapshots.find().apply(name).ifPresentOrElse(group -> {
            vectors.update(group);
            indexes.of(group);
        }, () -> forgetAllBut(snapshots.all())));
    }

    private void forgetAllBut(List<SchemaGroup> groups) {
        Set<UUID> present = new HashSet<>();
        groups.forEach(group -> present.add(group.id()));
        indexes.retain(present);
        vectors.retain(present);
    }

    private static List<TableHit> closest(Evidence evidence, List<Scored> ranked, List<Near> near, Reasons reasons) {
        List<Scored> best = ranked.isEmpty() ? near.stream().map(evidence::find).flatMap(Optional::stream)
                .map(table -> new Scored(table, 0)).toList() : ranked;
        return best.stream().limit(CLOSEST).map(table -> hit(evidence, table, reasons.of(table.table()))).toList();
    }

    /** The tables that connect those found, with half the score of the weaker of the two that they join. */
    private List<TableHit> joining(Evidence evidence, List<Scored> ranked, List<Scored> found) {
        Map<Integer, List<Integer>> wanted = new LinkedHashMap<>();
        for (Scored table : found) {
            if (table.score() >= WORTH_JOINING * found.get(0).score()) {
                wanted.computeIfAbsent(evidence.groupOf(table.table()), group -> new ArrayList<>())
                        .add(evidence.positionOf(table.table()));
            }
        }
        Map<Integer, Double> scores = new HashMap<>();
        ranked.forEach(table -> scores.put(table.table(), table.score()));
        Set<Integer> present = new HashSet<>();
        found.forEach(table -> present.add(table.table()));
        List<TableHit> joining = new ArrayList<>();
        wanted.forEach((group, positions) -> {
            GroupIndex index = evidence.groups().get(group);
            int first = evidence.firstTable(group);
            new JoinPaths(index, position -> scores.getOrDefault(first + position, 0.0)).between(positions)
                    .forEach((position, ends) -> {
                        if (present.add(first + position)) {
                            double weaker = Math.min(scores.get(first + ends[0]), scores.get(first + ends[1]));
                            joining.add(hit(evidence, new Scored(first + position, weaker / 2),
                                    List.of("joins " + index.table(ends[0]).name() + " to " + index.table(ends[1]).name())));
                        }
                    });
        });
        return joining;
    }

    private static TableHit hit(Evidence evidence, Scored scored, List<String> why) {
        GroupIndex index = evidence.groups().get(evidence.groupOf(scored.table()));
        TableDefinition table = index.table(evidence.positionOf(scored.table()));
        return new TableHit(table.id(), index.group().name(), table.definition(), table.name(), scored.score(), why);
    }
}
