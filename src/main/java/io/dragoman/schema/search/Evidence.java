package io.dragoman.schema.search;

import io.dragoman.schema.search.GroupIndex.Postings;
import io.dragoman.schema.search.GroupIndex.Solved;
import io.dragoman.schema.search.GroupIndex.Term;
import io.dragoman.schema.search.GroupIndex.ValueOf;
import io.dragoman.schema.search.Question.Phrase;
import io.dragoman.schema.search.VectorIndex.Near;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

/**
 * What speaks for each table that is searched. Tables and databases are numbered through all groups. What speaks for a
 * database is the best of its tables for each word, so that a database which covers the whole question beats one that
 * says a single word of it often.
 */
class Evidence {

    /** A value says less than a name: it can be there by chance. */
    private static final float VALUE_WEIGHT = 0.5f;
    /** How far a value explains its words. */
    private static final float VALUE_EXPLAINS = 0.8f;
    /** A word that nearly all tables say, or a value that so many columns hold, distinguishes none. */
    private static final float TELLS_NOTHING = 0.01f;
    private static final int HELD_EVERYWHERE = 200;
    /** What a taught term says, on the scale of {@link #rarity}. */
    private static final float TERM_WEIGHT = 5;
    /** An example speaks for its tables if it shares this part of its words with the question. */
    private static final double SIMILAR_EXAMPLE = 0.5;

    private final Question question;
    private final Set<UUID> unembedded;
    private final List<GroupIndex> groups;
    /** The number of each group's first table; last, how many tables there are. */
    private final int[] firstTable;
    /** The number of each group's first database; last, how many there are. */
    private final int[] firstDatabase;
    private final TableScores scores = new TableScores();
    private final Map<UUID, Integer> groupNumbers = new HashMap<>();
    private final Map<String, Float> rarities = new HashMap<>();
    private final float[] databaseWords;
    private final float[] databaseMatches;
    private final float[] databaseSimilarity;
    /** What the tables could have said of the question. */
    private final float possible;

    /**
     * Gathers it.
     *
     * @param near       the nearest tables by vector
     * @param unembedded tables whose vector is not there yet
     */
    Evidence(Question question, List<GroupIndex> groups, List<Near> near, Set<UUID> unembedded) {
        this.question = question;
        this.groups = groups;
        firstTable = new int[groups.size() + 1];
        firstDatabase = new int[groups.size() + 1];
        for (int g = 0; g < groups.size(); g++) {
            groupNumbers.put(groups.get(g).group().id(), g);
            firstTable[g + 1] = firstTable[g] + groups.get(g).size();
            firstDatabase[g + 1] = firstDatabase[g] + groups.get(g).members().length;
        }
        int databases = firstDatabase[groups.size()];
        databaseWords = new float[databases];
        databaseMatches = new float[databases];
        databaseSimilarity = new float[databases];
        possible = addWords();
        addValues();
        addTerms();
        addExamples();
        addVectors(near);
        this.unembedded = unembedded;
    }

    int tables() {
        return firstTable[groups.size()];
    }

    /** The groups searched. */
    List<GroupIndex> groups() {
        return groups;
    }

    /** What a table's words say, and its database's where there are several. */
    double words(int table, double matchWeight) {
        double own = scores.words(table) + matchWeight * scores.matches(table);
        return databaseWords.length == 1 ? own : own + databaseSays(databaseOf(table), matchWeight);
    }

    private double databaseSays(int database, double matchWeight) {
        return databaseWords[database] + matchWeight * databaseMatches[database];
    }

    /** The tables that anything speaks for themselves, in no order. */
    int[] candidates() {
        return scores.tables();
    }

    /** The tables for which only their databases speak, those with the highest {@link #words} first, at most so many. */
    int[] spokenForByDatabase(double matchWeight, int most) {
        if (databaseWords.length == 1) {
            return new int[0];
        }
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator
                .comparingDouble((Integer database) -> -databaseSays(database, matchWeight)).thenComparingInt(d -> d));
        for (int database = 0; database < databaseWords.length; database++) {
            if (databaseSays(database, matchWeight) > 0) {
                best.add(database);
            }
        }
        int[] found = new int[most];
        int size = 0;
        while (size < most && !best.isEmpty()) {
            int database = best.remove();
            int group = numberIn(firstDatabase, database);
            for (int position : groups.get(group).members()[database - firstDatabase[group]]) {
                if (size < most && !scores.contains(firstTable[group] + position)) {
                    found[size++] = firstTable[group] + position;
                }
            }
        }
        return Arrays.copyOf(found, size);
    }

    private int databaseOf(int table) {
        int group = groupOf(table);
        return firstDatabase[group] + groups.get(group).databases()[table - firstTable[group]];
    }

    /** What values, taught terms and examples say for a table. */
    double matches(int table) {
        return scores.matches(table);
    }

    /** The cosine of the question and a table; 0 when it is not among the nearest. */
    double similarity(int table) {
        return scores.similarity(table);
    }

    /** The cosine, with a part of the best cosine in the table's database. */
    double similarity(int table, double databaseWeight) {
        float own = scores.similarity(table);
        return own <= 0 ? 0 : own + databaseWeight * databaseSimilarity[databaseOf(table)];
    }

    /** The part of the question that a table explains by words and values, from 0 to 1. */
    double explained(int table) {
        return possible == 0 ? 0 : Math.min(1, (scores.words(table) + scores.named(table)) / possible);
    }

    /** Whether the table's vector is not there yet. */
    boolean unembedded(int table) {
        return !unembedded.isEmpty()
                && unembedded.contains(groups.get(groupOf(table)).table(positionOf(table)).id());
    }

    /** Whether curators' terms or a similar example speak for a table. */
    boolean taught(int table) {
        return scores.taught(table);
    }

    /** Whether the question says a table by its name or a synonym, of one word each. */
    boolean called(int table) {
        return scores.called(table);
    }

    /** The number of a group's first table. */
    int firstTable(int group) {
        return firstTable[group];
    }

    /** The table's position in its group. */
    int positionOf(int table) {
        return table - firstTable[groupOf(table)];
    }

    /** The numbers of the tables that a table has relationships with. */
    int[] neighbours(int table) {
        int group = groupOf(table);
        int[] positions = groups.get(group).neighbours()[table - firstTable[group]].clone();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += firstTable[group];
        }
        return positions;
    }

    /** The number of the group that a table belongs to. */
    int groupOf(int table) {
        return numberIn(firstTable, table);
    }

    /** The number of the group whose tables or databases begin at or before the one given. */
    private int numberIn(int[] first, int number) {
        int found = Arrays.binarySearch(first, 0, groups.size(), number);
        int group = found >= 0 ? found : -found - 2;
        while (first[group + 1] == first[group]) {
            group++;
        }
        return group;
    }

    /** How much an occurrence says: inverse document frequency as in BM25 (Robertson and Zaragoza 2009). */
    private float rarity(int frequency) {
        return (float) Math.log(1 + (tables() - frequency + 0.5) / (frequency + 0.5));
    }

    private float addWords() {
        float all = 0;
        for (String lexeme : question.distinct().keySet()) {
            Postings[] found = new Postings[groups.size()];
            int frequency = 0;
            for (int g = 0; g < found.length; g++) {
                found[g] = groups.get(g).postings().get(lexeme);
                frequency += found[g] == null ? 0 : found[g].tables().length;
            }
            float rarity = rarity(frequency);
            rarities.put(lexeme, rarity);
            if (frequency > 0 || question.telling(lexeme)) {
                all += rarity;
            }
            if (frequency == 0 || rarity < TELLS_NOTHING) {
                continue;
            }
            float[] best = new float[databaseWords.length];
            for (int g = 0; g < found.length; g++) {
                if (found[g] != null) {
                    addPostings(g, found[g], rarity, best);
                }
            }
            for (int d = 0; d < best.length; d++) {
                databaseWords[d] += best[d];
            }
        }
        return all;
    }

    private void addPostings(int group, Postings postings, float rarity, float[] best) {
        int[] databases = groups.get(group).databases();
        for (int i = 0; i < postings.tables().length; i++) {
            float weight = rarity * postings.weights()[i];
            scores.addWords(firstTable[group] + postings.tables()[i], weight);
            if (postings.weights()[i] >= GroupIndexBuilder.WHOLE_NAME) {
                scores.call(firstTable[group] + postings.tables()[i]);
            }
            int database = firstDatabase[group] + databases[postings.tables()[i]];
            best[database] = Math.max(best[database], weight);
        }
    }

    private void addValues() {
        for (Phrase phrase : question.wordPhrases()) {
            int frequency = 0;
            for (GroupIndex group : groups) {
                frequency += group.values().getOrDefault(phrase.text(), List.of()).size();
            }
            if (frequency == 0 || frequency > HELD_EVERYWHERE) {
                continue;
            }
            float weight = VALUE_WEIGHT * rarity(Math.min(frequency, tables())) * phrase.words();
            float explains = 0;
            for (int word = phrase.from(); word < phrase.from() + phrase.words(); word++) {
                explains += VALUE_EXPLAINS * rarities.getOrDefault(question.lexemes().get(word), 0f);
            }
            Map<Integer, Float> best = new HashMap<>();
            for (int g = 0; g < groups.size(); g++) {
                for (ValueOf value : groups.get(g).values().getOrDefault(phrase.text(), List.of())) {
                    scores.addMatch(firstTable[g] + value.table(), weight);
                    scores.addNamed(firstTable[g] + value.table(), explains);
                    best.put(firstDatabase[g] + groups.get(g).databases()[value.table()], weight);
                }
            }
            best.forEach((database, added) -> databaseMatches[database] += added);
        }
    }

    private void addTerms() {
        for (Phrase phrase : question.lexemePhrases()) {
            for (int g = 0; g < groups.size(); g++) {
                for (Term term : groups.get(g).terms().getOrDefault(phrase.text(), List.of())) {
                    addTaught(firstTable[g] + term.table(), TERM_WEIGHT);
                }
            }
        }
    }

    private void addExamples() {
        for (int g = 0; g < groups.size(); g++) {
            for (Solved example : groups.get(g).examples()) {
                double overlap = overlap(example);
                if (overlap >= SIMILAR_EXAMPLE) {
                    for (int table : example.tables()) {
                        addTaught(firstTable[g] + table, (float) (TERM_WEIGHT * overlap));
                    }
                }
            }
        }
    }

    private void addTaught(int table, float weight) {
        scores.addMatch(table, weight);
        databaseMatches[databaseOf(table)] += weight;
        scores.teach(table);
    }

    /** The Jaccard coefficient of the question's lexemes and the example's. */
    private double overlap(Solved example) {
        int common = 0;
        for (String lexeme : example.lexemes()) {
            common += question.distinct().containsKey(lexeme) ? 1 : 0;
        }
        int all = example.lexemes().size() + question.distinct().size() - common;
        return all == 0 ? 0 : (double) common / all;
    }

    boolean similar(Solved example) {
        return overlap(example) >= SIMILAR_EXAMPLE;
    }

    private void addVectors(List<Near> near) {
        for (Near table : near) {
            find(table).ifPresent(number -> {
                scores.setSimilarity(number, table.similarity());
                int database = databaseOf(number);
                databaseSimilarity[database] = Math.max(databaseSimilarity[database], table.similarity());
            });
        }
    }

    /** The number of a table that was found by its vector; empty when it is not in what is searched. */
    Optional<Integer> find(Near table) {
        Integer group = groupNumbers.get(table.group());
        Integer position = group == null ? null : groups.get(group).positions().get(table.table());
        return position == null ? Optional.empty() : Optional.of(firstTable[group] + position);
    }
}
