package io.dragoman.offline;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A column with what the parser needs to know of it, made once per schema group. */
final class ColumnNode {

    private static final Set<String> IDENTIFYING = Set.of("id", "code", "key", "ssn", "uuid", "guid", "isbn");

    private static final Set<String> AMOUNTS = Set.of("quantity", "amount", "price", "cost", "count", "number", "total", "score", "rating", "age",
            "size", "weight", "height", "length", "rate", "percent", "percentage", "balance", "salary", "fee", "value", "point", "hour");

    /** Endings of names that hold how many there are, such as {@code citation_num}. */
    private static final Set<String> COUNTS = Set.of("num", "cnt", "count");

    final TableNode table;
    final ColumnDefinition definition;
    final DataType type;
    final int ordinal;
    final List<String> stems;
    /** The stems without the words that only repeat the table's name. */
    final List<String> core;
    /** Whether it identifies rows, of its own table or of another. */
    boolean identifier;
    private final boolean counting;
    private final boolean numbersAsText;
    boolean foreign;

    ColumnNode(TableNode table, ColumnDefinition definition, int ordinal, int prefix) {
        this.table = table;
        this.definition = definition;
        this.ordinal = ordinal;
        this.type = definition.dataType();
        List<String> found = new ArrayList<>();
        List<String> words = Names.words(definition.name());
        for (String word : words) {
            if (!Words.stop(word) || words.size() == 1) {
                found.add(written(Words.stem(word), table.stems));
            }
        }
        this.stems = List.copyOf(found);
        int skip = 0;
        while (skip < table.stems.size() && skip < found.size() - 1 && found.get(skip).equals(table.stems.get(skip))) {
            skip++;
        }
        if (skip == 0 && found.size() > 1 && table.stems.contains(found.get(0))) {
            skip = 1;
        }
        this.core = List.copyOf(found.subList(Math.min(Math.max(skip, prefix), Math.max(0, found.size() - 1)), found.size()));
        String last = found.isEmpty() ? "" : found.get(found.size() - 1);
        this.counting = type.numeric() && !definition.primaryKey() && COUNTS.contains(words.isEmpty() ? "" : Names.last(definition.name()))
                && found.size() == 2 && !table.stems.contains(found.get(0));
        this.identifier = IDENTIFYING.contains(last) || last.equals("number") && found.size() > 1 && !counting;
        List<String> values = type == DataType.TEXT || type == DataType.OTHER
                ? definition.sampleValues().stream().filter(value -> value != null && !value.isBlank()).toList() : List.of();
        this.numbersAsText = !values.isEmpty() && values.stream().allMatch(Tokenizer::numeric);
    }

    /** An abbreviation of a word of the table's name, written out. */
    private static String written(String stem, List<String> tableStems) {
        if (stem.length() >= 2 && stem.length() <= 4 && !stem.equals("id")) {
            for (String word : tableStems) {
                if (word.length() > stem.length() + 1 && word.startsWith(stem)) {
                    return word;
                }
            }
        }
        return stem;
    }

    /** Settles whether {@code prof_num} is a number of professors, when all tables are known: not where there are professors. */
    void settle(List<TableNode> tables) {
        identifier |= counting && tables.stream().anyMatch(other -> other.stems.contains(stems.get(0)));
    }

    String name() {
        return definition.name();
    }

    boolean text() {
        return type == DataType.TEXT || type == DataType.OTHER && !numbersAsText;
    }

    /** Whether its values are numbers that are kept as text. */
    boolean numberAsText() {
        return numbersAsText;
    }

    boolean numeric() {
        return type.numeric() || numbersAsText;
    }

    /** Whether its values are numbers that mean an amount, so that they can be summed and compared. */
    boolean measure() {
        return numeric() && !identifier && !foreign && !definition.primaryKey();
    }

    /** Whether its name says that it holds an amount. */
    boolean amount() {
        return stems.stream().anyMatch(AMOUNTS::contains);
    }

    boolean temporal() {
        return type.temporal() || stems.contains("date") || stems.contains("datetime") || stems.contains("timestamp");
    }

    boolean year() {
        return stems.contains("year") && !stems.contains("old") && !Names.words(definition.name()).contains("years");
    }

    /** Whether the name is the row's own, such as {@code name}, {@code customer_name} or {@code first_name}. */
    boolean ownName() {
        return core.size() == 1 || core.size() == 2 && Set.of("first", "last", "full", "family", "given", "official", "middle")
                .contains(core.get(0));
    }

    @Override
    public String toString() {
        return table.name() + "." + name();
    }
}
