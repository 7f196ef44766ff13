package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Value linking: finds the spans of a question that are values of columns, exactly, by stem, by initials or by their start. */
final class ValueLinker {

    private static final Set<String> AMOUNTS = Set.of("than", "least", "most", "exactly", "top", "bottom", "over", "under", "above", "below");

    /** The word of links to all values that are like their text. */
    static final String PATTERN = "like";

    private ValueLinker() {
    }

    static void quoted(Token token, int at, Lexicon lexicon, List<Link> links) {
        String normal = Words.normalize(token.text());
        List<Link> found = new ArrayList<>();
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.ValueEntry value : table.values(normal)) {
                double score = value.text().equals(token.text()) ? 2.2 : value.text().equalsIgnoreCase(token.text()) ? 2.15 : 2.0;
                found.add(new Link(at, at + 1, Kind.VALUE, value.column().table, value.column(), value.text(), null, score + own(value.column())));
            }
        }
        if (found.isEmpty()) {
            fullName(token, at, lexicon, found);
        }
        if (found.isEmpty()) {
            name(normal, at, lexicon, found);
        }
        Linker.keep(found, links);
        links.add(Link.operator(at, at + 1, Kind.TEXT, token.text(), null, 1.3));
        if (Tokenizer.numeric(token.text())) {
            links.add(Link.operator(at, at + 1, Kind.NUMBER, token.text(), null, 1.4));
        }
    }

    /** What is quoted may be what a column is called: <i>the "active to date" of a channel</i>. */
    private static void name(String quoted, int at, Lexicon lexicon, List<Link> found) {
        List<String> stems = stems(quoted);
        for (TableLexicon one : lexicon.tables()) {
            one.table.columns.stream().filter(column -> stems.size() > 1 && stems(Words.normalize(column.name())).equals(stems))
                    .forEach(column -> found.add(new Link(at, at + 1, Kind.COLUMN, one.table, column, null, null, 2.0)));
        }
    }

    private static List<String> stems(String normal) {
        return Stream.of(normal.split(" ")).filter(word -> !word.equals("the")).map(Words::stem).toList();
    }

    /** A first and a last name quoted together; the link's word is the last name. */
    private static void fullName(Token token, int at, Lexicon lexicon, List<Link> found) {
        int space = token.text().indexOf(' ');
        if (space < 0) {
            return;
        }
        String first = token.text().substring(0, space);
        String last = token.text().substring(space + 1).trim();
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.ValueEntry a : table.values(Words.normalize(first))) {
                for (TableLexicon.ValueEntry b : table.values(Words.normalize(last))) {
                    if (a.column().stems.contains("first") && b.column().stems.contains("last")) {
                        found.add(new Link(at, at + 1, Kind.VALUE, a.column().table, a.column(), a.text(), b.text(), 2.0));
                    }
                }
            }
        }
    }

    /** A value that names a row of its table is likelier meant than the same text as another row's attribute. */
    private static double own(ColumnNode column) {
        return column.ownName() && column.stems.contains("name") || column.stems.equals(column.table.stems) ? 0.06 : 0;
    }

    /** Whether the words around a number say that it is an amount, as in <i>more than 3</i> or <i>the 3 oldest</i>. */
    private static boolean amount(List<Token> tokens, int at) {
        boolean compared = at > 0 && AMOUNTS.contains(tokens.get(at - 1).lower());
        return compared || at + 1 < tokens.size() && Operators.at(tokens, at + 1).stream().anyMatch(link -> link.kind() == Kind.SUPERLATIVE);
    }

    static void values(List<Token> tokens, String raw, String rawStems, int start, int end, int contents, int words,
            boolean capital, boolean allStop, Lexicon lexicon, List<Link> links) {
        if (allStop && !(words == 1 && tokens.get(start).capital() && start > 0)) {
            return;
        }
        List<Link> found = new ArrayList<>();
        double weight = Math.max(1, contents) + 0.3 * (words - contents);
        Token only = words == 1 ? tokens.get(start) : null;
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.ValueEntry value : table.values(raw)) {
                double quality = words > 1 ? 1.1 : only.capital() && start > 0 ? 1.1
                        : only.kind() == Token.Kind.NUMBER ? amount(tokens, start) ? 0.3 : 0.6 : only.lower().length() <= 2 ? 0.3 : 0.82;
                found.add(new Link(start, end, Kind.VALUE, value.column().table, value.column(), value.text(), null, (quality + own(value.column())) * weight));
            }
            if (words <= 3) {
                for (TableLexicon.ValueEntry value : table.stemmedValues(rawStems)) {
                    if (found.stream().noneMatch(link -> link.column() == value.column())) {
                        double quality = words > 1 ? 0.95 : only.capital() && start > 0 ? 0.9 : 0.6;
                        found.add(new Link(start, end, Kind.VALUE, value.column().table, value.column(), value.text(), null,
                                (quality + own(value.column())) * weight));
                    }
                }
            }
            if (words > 1 && capital || only != null && only.capital() && start > 0) {
                for (TableLexicon.ValueEntry value : table.stemmedValues("prefix:" + raw)) {
                    if (value.score() > 0 && found.stream().noneMatch(link -> link.column() == value.column())) {
                        found.add(new Link(start, end, Kind.VALUE, value.column().table, value.column(), value.text(),
                                value.pattern() ? PATTERN : null, 0.75 * weight));
                    }
                }
            }
            if (only != null && only.word() && only.text().length() >= 2 && only.text().length() <= 4
                    && only.text().equals(only.text().toUpperCase(java.util.Locale.ROOT))) {
                for (TableLexicon.ValueEntry value : table.stemmedValues("initials:" + only.lower())) {
                    found.add(new Link(start, end, Kind.VALUE, value.column().table, value.column(), value.text(), null, 0.8));
                }
            }
            if (only != null && (only.is("male") || only.is("female") || only.is("males") || only.is("females"))) {
                for (ColumnNode column : table.table.columns) {
                    if ((column.stems.contains("gender") || column.stems.contains("sex"))) {
                        String initial = only.lower().substring(0, 1);
                        for (String sample : column.definition.sampleValues()) {
                            if (sample.equalsIgnoreCase(initial)) {
                                found.add(new Link(start, end, Kind.VALUE, table.table, column, sample, null, 1.0));
                            }
                        }
                    }
                }
            }
        }
        Linker.keep(found, links);
    }
}
