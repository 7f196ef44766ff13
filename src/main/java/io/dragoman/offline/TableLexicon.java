package io.dragoman.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of one table, its columns and their values, indexed for linking. Immutable after construction. */
final class TableLexicon {

    private static final Set<String> GENERIC_ENDINGS = Set.of("name", "code", "id", "type", "description", "detail", "number",
            "text", "value", "date", "year", "amount", "count", "total", "percentage", "percent");

    /** A name with a word so long tells what it means. */
    private static final int TELLING = 5;
    /** Descriptions of so few words are names. */
    private static final int SHORT_DESCRIPTION = 4;
    private static final int LONG_DESCRIPTION = 40;
    private static final int MOST_DESCRIBED = 2;

    private static final int SHORTEST_ABBREVIATION = 3;

    /** A mere beginning of one value is not said for it, but that of several is said for all of them. */
    private static final double UNLESS_SHARED = 0;

    /** Something that words can mean. {@code column} is null for the table itself. */
    record Entry(TableNode table, ColumnNode column, double score) {
    }

    /** A value of a column that words can mean; of a pattern, all values that are like it. */
    record ValueEntry(ColumnNode column, String text, double score, boolean pattern) {

        ValueEntry(ColumnNode column, String text, double score) {
            this(column, text, score, false);
        }
    }

    final TableNode table;
    private final Map<String, List<Entry>> phrases = new HashMap<>();
    private final Map<String, List<Entry>> words = new HashMap<>();
    private final Map<String, List<Entry>> roots = new HashMap<>();
    private final Map<String, List<Entry>> described = new HashMap<>();
    private final Map<String, List<ValueEntry>> values = new HashMap<>();
    private final Map<String, List<ValueEntry>> stemmedValues = new HashMap<>();
    private volatile Vocabulary vocabulary;

    TableLexicon(TableNode table) {
        this.table = table;
        addTable();
        for (ColumnNode column : table.columns) {
            addColumn(column);
            addValues(column);
        }
        addDisplayName();
        describe(table.definition.description(), null);
        table.columns.forEach(column -> describe(column.definition.description(), column));
        described.values().removeIf(entries -> entries.size() > MOST_DESCRIBED);
    }

    /**
     * The words that curators describe a column by mean it where its own name tells nothing, such as {@code kd01}, and where nothing is
     * called by them; words of many descriptions mean none.
     */
    private void describe(String description, ColumnNode column) {
        List<String> name = column == null ? table.stems : column.stems;
        boolean telling = name.stream().anyMatch(stem -> stem.length() >= TELLING || English.knows(stem));
        if (telling || description == null || description.isBlank()) {
            return;
        }
        List<String> told = stems(description);
        boolean rows = column != null;
        told.removeIf(stem -> rows && described(stem).stream().anyMatch(entry -> entry.column() == null));
        told.removeIf(stem -> stem.length() < 3 || Coverage.lightWords().contains(stem) || English.grammatical(stem));
        if (column != null && told.size() <= SHORT_DESCRIPTION) {
            phrase(told, column, 0.8);
        }
        for (String stem : told.subList(0, Math.min(told.size(), LONG_DESCRIPTION))) {
            add(described, stem, new Entry(table, column, 0));
        }
    }

    private void addTable() {
        phrase(table.stems, null, 1.0);
        if (table.stems.size() > 1) {
            phrase(table.stems.subList(1, table.stems.size()), null, 0.72);
            if (table.stems.size() > 2) {
                phrase(table.stems.subList(0, table.stems.size() - 1), null, 0.6);
            }
        }
        table.definition.synonyms().forEach(synonym -> phrase(stems(synonym), null, 1.0));
        for (String stem : table.stems) {
            add(words, stem, new Entry(table, null, 0));
            add(roots, Words.root(stem), new Entry(table, null, 0));
        }
    }

    private void addColumn(ColumnNode column) {
        phrase(column.stems, column, 1.0);
        if (column.core.size() < column.stems.size()) {
            phrase(column.core, column, 0.96);
        }
        List<String> written = Names.written(column.name()).stream().map(Words::stem).toList();
        if (!written.equals(column.stems) && written.stream().noneMatch(Words::stop)) {
            phrase(written, column, 0.98);
        }
        List<String> stems = column.core;
        if (stems.size() > 1 && GENERIC_ENDINGS.contains(stems.get(stems.size() - 1))) {
            List<String> rest = stems.subList(0, stems.size() - 1);
            boolean key = column.foreign || column.identifier && !stems.get(stems.size() - 1).equals("code");
            if (!table.stems.equals(rest)) {
                String ending = stems.get(stems.size() - 1);
                boolean amount = Set.of("number", "amount", "count", "total").contains(ending);
                boolean ordinal = rest.equals(List.of("first")) || rest.equals(List.of("last"));
                phrase(rest, column, key ? 0.45 : ordinal ? 0.3 : amount ? 0.7 : 0.85);
                if (ending.equals("count") || ending.equals("total")) {
                    List<String> counted = new ArrayList<>(List.of("number"));
                    counted.addAll(rest);
                    phrase(counted, column, 1.0);
                }
            }
        }
        String last = column.core.isEmpty() ? "" : column.core.get(column.core.size() - 1);
        String added = Set.of("phone", "telephone", "fax", "mobile", "cell").contains(last) ? "number" : last.equals("email") ? "address" : null;
        if (added != null) {
            List<String> said = new ArrayList<>(column.core);
            said.add(added);
            phrase(said, column, 0.95);
        }
        String end = column.stems.isEmpty() ? "" : column.stems.get(column.stems.size() - 1);
        if (end.equals("id") && (column.foreign || column.stems.size() > 1)) {
            List<String> numbered = new ArrayList<>(column.stems.size() > 1 ? column.stems.subList(0, column.stems.size() - 1) : table.stems);
            numbered.add("number");
            phrase(numbered, column, 0.8);
        }
        if (stems.size() > 1 && Set.of("number", "total", "average").contains(stems.get(0))) {
            phrase(stems.subList(1, stems.size()), column, 0.8);
        }
        column.definition.synonyms().forEach(synonym -> phrase(stems(synonym), column, 1.0));
        for (String stem : column.stems) {
            add(words, stem, new Entry(table, column, 0));
            add(roots, Words.root(stem), new Entry(table, column, 0));
        }
    }

    /** What a person calls the <i>name</i> of a row may be a column called otherwise: a title, or first and last names. */
    private void addDisplayName() {
        boolean named = table.columns.stream().anyMatch(column -> column.core.equals(List.of("name")) && column.text());
        List<ColumnNode> display = table.display();
        if (named || display.isEmpty()) {
            return;
        }
        ColumnNode first = display.get(0);
        phrase(List.of("name"), first, 0.8);
        phrase(List.of("full", "name"), first, 0.9);
        List<String> phrase = new ArrayList<>(table.stems);
        phrase.add("name");
        phrase(phrase, first, 0.95);
    }

    private void addValues(ColumnNode column) {
        if (!column.text()) {
            return;
        }
        for (String value : column.definition.sampleValues()) {
            if (value == null || value.length() > 120) {
                continue;
            }
            String normal = Words.normalize(value);
            if (normal.isEmpty()) {
                continue;
            }
            ValueEntry entry = new ValueEntry(column, value, 1.0);
            addValue(values, normal, entry);
            String[] parts = normal.split(" ");
            if (parts.length <= 3) {
                StringBuilder stemmed = new StringBuilder();
                for (String part : parts) {
                    stemmed.append(stemmed.length() == 0 ? "" : " ").append(Words.stem(part));
                }
                if (!stemmed.toString().equals(normal) || parts.length == 1) {
                    addValue(stemmedValues, stemmed.toString(), new ValueEntry(column, value, 0.9));
                }
            }
            if (parts.length >= 2 && parts.length <= 4) {
                addPrefix(normal.substring(0, normal.lastIndexOf(' ')), new ValueEntry(column, value, 0.8));
                if (parts.length > 2) {
                    addPrefix(parts[0], new ValueEntry(column, value, UNLESS_SHARED));
                }
                StringBuilder initials = new StringBuilder();
                for (String part : parts) {
                    initials.append(part.charAt(0));
                }
                addValue(stemmedValues, "initials:" + initials, new ValueEntry(column, value, 0.8));
            }
        }
    }

    /** The beginning of one value means it; that of several means all of them. */
    private void addPrefix(String prefix, ValueEntry entry) {
        List<ValueEntry> list = stemmedValues.computeIfAbsent("prefix:" + prefix, k -> new ArrayList<>(1));
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).column() == entry.column()) {
                if (!list.get(i).pattern() && entry.text().trim().toLowerCase(Locale.ROOT).startsWith(prefix + " ")) {
                    list.set(i, new ValueEntry(entry.column(), entry.text().trim().substring(0, prefix.length()) + " %", 0.8, true));
                }
                return;
            }
        }
        list.add(entry);
    }

    /** Teaches a word for a value. */
    void value(String term, ColumnNode column, String value) {
        addValue(values, Words.normalize(term), new ValueEntry(column, value, 1.0));
    }

    private static List<String> stems(String phrase) {
        List<String> stems = new ArrayList<>();
        for (String word : Words.normalize(phrase).split(" ")) {
            if (!Words.stop(word)) {
                stems.add(Words.stem(word));
            }
        }
        return stems;
    }

    void phrase(List<String> stems, ColumnNode column, double score) {
        if (stems.isEmpty()) {
            return;
        }
        Entry entry = new Entry(table, column, score);
        add(phrases, String.join(" ", stems), entry);
        if (stems.size() > 1) {
            add(phrases, String.join("", stems), new Entry(table, column, score * 0.98));
        }
    }

    private static void add(Map<String, List<Entry>> map, String key, Entry entry) {
        List<Entry> list = map.computeIfAbsent(key, k -> new ArrayList<>(2));
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).column() == entry.column()) {
                if (list.get(i).score() < entry.score()) {
                    list.set(i, entry);
                }
                return;
            }
        }
        list.add(entry);
    }

    private static void addValue(Map<String, List<ValueEntry>> map, String key, ValueEntry entry) {
        List<ValueEntry> list = map.computeIfAbsent(key, k -> new ArrayList<>(1));
        for (ValueEntry known : list) {
            if (known.column() == entry.column()) {
                return;
            }
        }
        list.add(entry);
    }

    /** Whether a word, or a word's stem, is part of a name or a value here. */
    boolean knows(String word) {
        return words.containsKey(word) || phrases.containsKey(word) || vocabulary().knows(word);
    }

    /** The words of the table's and its columns' names that start with a letter. */
    Set<String> wordsFrom(char first) {
        return vocabulary().names().getOrDefault(first, Set.of());
    }

    /** The words of the columns' values that start with a letter. */
    Set<String> valueWordsFrom(char first) {
        return vocabulary().values().getOrDefault(first, Set.of());
    }

    private Vocabulary vocabulary() {
        Vocabulary known = vocabulary;
        if (known == null) {
            Set<String> names = new java.util.HashSet<>(phrases.keySet());
            names.addAll(described.keySet());
            known = Vocabulary.of(names, values.keySet());
            vocabulary = known;
        }
        return known;
    }

    List<Entry> phrases(String key) {
        return phrases.getOrDefault(key, List.of());
    }

    List<Entry> words(String stem) {
        return words.getOrDefault(stem, List.of());
    }

    List<Entry> roots(String root) {
        return roots.getOrDefault(root, List.of());
    }

    /** What is called by a short form of a word, as {@code enr} of <i>enrollment</i>: its beginning, or its consonants. */
    List<Entry> abbreviations(String stem) {
        List<Entry> found = new ArrayList<>();
        words.forEach((word, entries) -> {
            boolean shorter = word.length() >= SHORTEST_ABBREVIATION && word.length() + 1 < stem.length() && word.charAt(0) == stem.charAt(0)
                    && !English.knows(word);
            if (shorter && (stem.startsWith(word) || consonants(word, stem))) {
                found.addAll(entries);
            }
        });
        return found;
    }

    private static boolean consonants(String word, String stem) {
        int at = 0;
        for (char c : word.toCharArray()) {
            at = "aeiou".indexOf(c) >= 0 ? -1 : stem.indexOf(c, at);
            if (at < 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** What is described by a word. */
    List<Entry> described(String stem) {
        return described.getOrDefault(stem, List.of());
    }

    List<ValueEntry> values(String normal) {
        return values.getOrDefault(normal, List.of());
    }

    List<ValueEntry> stemmedValues(String stemmed) {
        return stemmedValues.getOrDefault(stemmed, List.of());
    }
}
