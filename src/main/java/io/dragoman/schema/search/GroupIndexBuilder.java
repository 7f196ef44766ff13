package io.dragoman.schema.search;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Example;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.GroupIndex.Postings;
import io.dragoman.schema.search.GroupIndex.Solved;
import io.dragoman.schema.search.GroupIndex.Term;
import io.dragoman.schema.search.GroupIndex.ValueOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Compiles a {@link GroupIndex} from a snapshot. */
class GroupIndexBuilder {

    /** How much a lexeme says about a table, by where it stands: the field weights of BM25F (Robertson et al. 2004). */
    private static final float NAME = 6;
    private static final float TABLE_SYNONYM = 5;
    private static final float COLUMN = 2;
    private static final float COLUMN_SYNONYM = 1.8f;
    private static final float DATABASE = 1;
    private static final float DESCRIPTION = 1.2f;
    private static final float COLUMN_DESCRIPTION = 0.8f;
    private static final float SATURATION = 2;

    /** What a lexeme weighs at least that is all of a table's name or synonym; one of two in a name weighs less. */
    static final float WHOLE_NAME = TABLE_SYNONYM / (TABLE_SYNONYM + SATURATION);

    /** A term that means something of so many tables, such as a directive on a column that all have, tells none of them. */
    private static final int TAUGHT_OF_ALL = 200;

    private record Posting(int table, float weight, String place) {
    }

    private final SchemaGroup group;
    private final Lexemes dictionary;
    private final Map<String, List<Posting>> postings = new HashMap<>();
    private final Map<String, List<ValueOf>> values = new HashMap<>();
    private final Map<String, List<Term>> terms = new HashMap<>();
    private final Map<String, List<Integer>> byName = new HashMap<>();

    private GroupIndexBuilder(SchemaGroup group, Lexemes dictionary) {
        this.group = group;
        this.dictionary = dictionary;
    }

    static GroupIndex compile(SchemaGroup group, Lexemes dictionary) {
        return new GroupIndexBuilder(group, dictionary).compile();
    }

    private GroupIndex compile() {
        preload();
        Map<UUID, Integer> positions = new HashMap<>();
        int[] databases = new int[group.tables().size()];
        Map<String, Integer> definitions = new HashMap<>();
        for (int t = 0; t < group.tables().size(); t++) {
            TableDefinition table = group.tables().get(t);
            positions.put(table.id(), t);
            databases[t] = definitions.computeIfAbsent(table.definition(), name -> definitions.size());
            byName.computeIfAbsent(table.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(t);
            addTexts(t, table);
            addValues(t, table);
        }
        group.synonyms().forEach(this::addSynonym);
        group.directives().forEach(this::addDirective);
        terms.values().removeIf(taught -> taught.size() > TAUGHT_OF_ALL);
        Map<String, Postings> packed = new HashMap<>();
        postings.forEach((lexeme, list) -> packed.put(lexeme, pack(list)));
        return new GroupIndex(group, packed, values, terms, group.examples().stream().map(this::solved).toList(),
                positions, databases, members(databases, definitions.size()), neighbours());
    }

    private static int[][] members(int[] databases, int count) {
        List<List<Integer>> members = new ArrayList<>();
        for (int database = 0; database < count; database++) {
            members.add(new ArrayList<>());
        }
        for (int table = 0; table < databases.length; table++) {
            members.get(databases[table]).add(table);
        }
        return members.stream().map(tables -> tables.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
    }

    /** One round trip for all words. */
    private void preload() {
        Set<String> words = new HashSet<>();
        for (TableDefinition table : group.tables()) {
            addWords(words, List.of(table.name(), table.definition()));
            addWords(words, table.synonyms());
            if (table.description() != null) {
                addWords(words, List.of(table.description()));
            }
            for (ColumnDefinition column : table.columns()) {
                addWords(words, List.of(column.name()));
                addWords(words, column.synonyms());
                if (column.description() != null) {
                    addWords(words, List.of(column.description()));
                }
            }
        }
        dictionary.of(words);
    }

    private static void addWords(Set<String> words, Collection<String> texts) {
        texts.forEach(text -> words.addAll(Words.of(text)));
    }

    private void addTexts(int position, TableDefinition table) {
        Map<String, Posting> best = new HashMap<>();
        addText(best, position, table.name(), NAME, true, "name");
        for (String synonym : table.synonyms()) {
            addText(best, position, synonym, TABLE_SYNONYM, true, "synonym " + synonym);
        }
        addText(best, position, table.description(), DESCRIPTION, false, "description");
        addText(best, position, table.definition(), DATABASE, false, "database " + table.definition());
        for (ColumnDefinition column : table.columns()) {
            String place = "column " + column.name();
            addText(best, position, column.name(), COLUMN, true, place);
            for (String synonym : column.synonyms()) {
                addText(best, position, synonym, COLUMN_SYNONYM, true, place);
            }
            addText(best, position, column.description(), COLUMN_DESCRIPTION, false, place);
        }
        best.forEach((lexeme, posting) -> postings.computeIfAbsent(lexeme, key -> new ArrayList<>(1)).add(posting));
    }

    /** In a name every word that is not asked for makes the others say less. */
    private void addText(Map<String, Posting> best, int position, String text, float field, boolean name, String place) {
        if (text == null) {
            return;
        }
        List<String> lexemes = dictionary.of(text);
        float weight = name ? field / (float) Math.sqrt(lexemes.size()) : field;
        Posting posting = new Posting(position, weight / (weight + SATURATION), place);
        for (String lexeme : lexemes) {
            best.merge(lexeme, posting, (old, added) -> added.weight() > old.weight() ? added : old);
        }
    }

    private void addValues(int position, TableDefinition table) {
        for (ColumnDefinition column : table.columns()) {
            for (String value : column.sampleValues()) {
                List<String> words = Words.of(value);
                if (!words.isEmpty() && words.size() <= Question.LONGEST_PHRASE && telling(value)) {
                    List<ValueOf> known = values.computeIfAbsent(String.join(" ", words), key -> new ArrayList<>(1));
                    if (known.isEmpty() || known.get(known.size() - 1).table() != position) {
                        known.add(new ValueOf(position, column.name(), value));
                    }
                }
            }
        }
    }

    /** One letter or a short number occurs in any question by chance. */
    private static boolean telling(String value) {
        String trimmed = value.trim();
        return trimmed.length() >= 2 && !(trimmed.length() < 4 && trimmed.chars().allMatch(Character::isDigit));
    }

    private void addSynonym(Synonym synonym) {
        String target = synonym.target();
        String table = target.contains(".") ? target.substring(0, target.indexOf('.')) : target;
        if (!byName.containsKey(table.toLowerCase(Locale.ROOT)) && target.contains("=")) {
            table = target.substring(0, target.indexOf('='));
        }
        for (int position : byName.getOrDefault(table.toLowerCase(Locale.ROOT), List.of())) {
            addTerm(synonym.term(), new Term(position, "synonym '" + synonym.term() + "' of " + target));
        }
    }

    private void addDirective(Directive directive) {
        if (directive.expression() == null) {
            return;
        }
        Set<String> mentioned = identifiers(directive.expression());
        int most = 0;
        List<Integer> tables = new ArrayList<>();
        for (int t = 0; t < group.tables().size(); t++) {
            int count = 0;
            for (ColumnDefinition column : group.tables().get(t).columns()) {
                count += mentioned.contains(column.name().toLowerCase(Locale.ROOT)) ? 1 : 0;
            }
            if (mentioned.contains(group.tables().get(t).name().toLowerCase(Locale.ROOT))) {
                count += 2;
            }
            if (count > most) {
                tables.clear();
                most = count;
            }
            if (count > 0 && count == most) {
                tables.add(t);
            }
        }
        for (int table : tables) {
            addTerm(directive.key(), new Term(table, "directive '" + directive.key() + "'"));
        }
    }

    private void addTerm(String phrase, Term term) {
        List<String> lexemes = dictionary.of(phrase);
        if (!lexemes.isEmpty()) {
            terms.computeIfAbsent(String.join(" ", lexemes), key -> new ArrayList<>()).add(term);
        }
    }

    private Solved solved(Example example) {
        Set<Integer> tables = new TreeSet<>();
        for (String identifier : identifiers(example.query())) {
            tables.addAll(byName.getOrDefault(identifier, List.of()));
        }
        return new Solved(example.question(), List.copyOf(new LinkedHashSet<>(dictionary.of(example.question()))),
                tables.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The words of a query or expression that can be names, in lower case. What they are is not decided here. */
    private static Set<String> identifiers(String query) {
        Set<String> found = new LinkedHashSet<>();
        int start = -1;
        for (int i = 0; i <= query.length(); i++) {
            boolean inside = i < query.length() && (Character.isLetterOrDigit(query.charAt(i)) || query.charAt(i) == '_');
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                found.add(query.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
        }
        return found;
    }

    /** Names say which tables are related; where databases have tables of one name, it is those of one database. */
    private int[][] neighbours() {
        List<Set<Integer>> adjacent = new ArrayList<>();
        group.tables().forEach(table -> adjacent.add(new TreeSet<>()));
        for (Relationship relationship : group.relationships()) {
            List<Integer> sources = byName.getOrDefault(relationship.sourceTable().toLowerCase(Locale.ROOT), List.of());
            List<Integer> targets = byName.getOrDefault(relationship.targetTable().toLowerCase(Locale.ROOT), List.of());
            boolean together = sources.stream().anyMatch(source -> targets.stream().anyMatch(target ->
                    sameDatabase(source, target)));
            for (int source : sources) {
                for (int target : targets) {
                    if (source != target && (!together || sameDatabase(source, target))) {
                        adjacent.get(source).add(target);
                        adjacent.get(target).add(source);
                    }
                }
            }
        }
        return adjacent.stream().map(set -> set.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
    }

    private boolean sameDatabase(int one, int other) {
        return group.tables().get(one).definition().equals(group.tables().get(other).definition());
    }

    private static Postings pack(List<Posting> postings) {
        int[] tables = new int[postings.size()];
        float[] weights = new float[tables.length];
        String[] places = new String[tables.length];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = postings.get(i).table();
            weights[i] = postings.get(i).weight();
            places[i] = postings.get(i).place();
        }
        return new Postings(tables, weights, places);
    }
}
