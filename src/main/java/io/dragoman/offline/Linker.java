package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Schema linking: finds every span of a question that can mean a table, a column, a value or a word of its grammar. */
final class Linker {

    private static final int LONGEST = 8;
    /** The words that can stand within a name, as in <i>date of birth</i>. */
    private static final java.util.Set<String> NAME_INNER = java.util.Set.of("of", "the", "to", "by", "per");
    /** How much more a name of several words tells than as many single words. */
    private static final double LONGER = 0.15;
    /** What is left of a partial match beside an exact one of the same words. */
    private static final double DOMINATED = 0.65;
    private static final int MOST_PER_SPAN = 20;
    /** Shorter words are not abbreviated. */
    private static final int SHORTENED = 5;
    private static final double WRITTEN = 2.0;
    /** How much a word of a description tells beside one of a name. */
    private static final double DESCRIBED = 0.45;

    private Linker() {
    }

    /** All candidate links of a question, by start, then end, then falling score. */
    static List<Link> link(List<Token> tokens, Lexicon lexicon) {
        List<Link> links = new ArrayList<>();
        for (int start = 0; start < tokens.size(); start++) {
            links.addAll(Operators.at(tokens, start));
            links.addAll(lexicon.glossary().at(tokens, start));
            links.addAll(HowMuch.terms(tokens, start, lexicon.glossary()));
            Token token = tokens.get(start);
            if (token.kind() == Token.Kind.QUOTED) {
                ValueLinker.quoted(token, start, lexicon, links);
            } else if (token.content()) {
                if (token.kind() == Token.Kind.NUMBER) {
                    links.add(Link.operator(start, start + 1, Kind.NUMBER, token.text(), null, 0.6));
                }
                written(token, start, lexicon, links);
                spans(tokens, start, lexicon, links);
                asked(tokens, start, lexicon, links);
                inverted(tokens, start, lexicon, links);
                coordinated(tokens, start, lexicon, links);
            }
        }
        links.sort(Comparator.comparingInt(Link::start).thenComparingInt(Link::end)
                .thenComparing(Comparator.comparingDouble(Link::score).reversed()));
        return links;
    }

    /** Names as the schema writes them, such as {@code customer_id}. */
    private static void written(Token token, int start, Lexicon lexicon, List<Link> links) {
        if (token.text().indexOf('_') < 0) {
            return;
        }
        List<Link> found = new ArrayList<>();
        for (TableLexicon one : lexicon.tables()) {
            if (one.table.name().equalsIgnoreCase(token.text())) {
                found.add(new Link(start, start + 1, Kind.TABLE, one.table, null, null, null, WRITTEN));
            }
            one.table.columns.stream().filter(column -> column.name().equalsIgnoreCase(token.text())).forEach(column ->
                    found.add(new Link(start, start + 1, Kind.COLUMN, one.table, column, null, null, WRITTEN)));
        }
        keep(found, links);
    }

    private static void spans(List<Token> tokens, int start, Lexicon lexicon, List<Link> links) {
        StringBuilder stems = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        StringBuilder raw = new StringBuilder();
        StringBuilder rawStems = new StringBuilder();
        int contents = 0;
        int words = 0;
        boolean allStop = true;
        boolean named = true;
        boolean capital = true;
        for (int end = start; end < tokens.size() && end < start + LONGEST + 3; end++) {
            Token token = tokens.get(end);
            if (token.kind() == Token.Kind.QUOTED || ",;?!:".contains(token.text()) || token.is(".") && end + 1 == tokens.size()) {
                break;
            }
            if (!token.content()) {
                if (end == start) {
                    break;
                }
                continue;
            }
            words++;
            if (words > LONGEST) {
                break;
            }
            String value = token.kind() == Token.Kind.NUMBER ? token.lower() : token.lower();
            raw.append(raw.length() == 0 ? "" : " ").append(Words.normalize(value));
            rawStems.append(rawStems.length() == 0 ? "" : " ").append(token.stem());
            boolean stop = Words.stop(token.lower());
            if (!stop || end == start && words == 1) {
                if (!stop) {
                    contents++;
                    allStop = false;
                }
                stems.append(stems.length() == 0 ? "" : " ").append(token.stem());
                joined.append(token.stem());
            }
            if (stop && words > 1) {
                named &= NAME_INNER.contains(token.lower()) && (!token.is("the") || tokens.get(end - 1).is("of"));
            }
            capital &= token.capital() || stop || token.kind() == Token.Kind.NUMBER;
            double weight = contents + 0.15 * (words - contents);
            boolean counting = words == 1 && token.is("number") && end + 1 < tokens.size() && tokens.get(end + 1).is("of");
            if ((!stop || words == 1) && !counting) {
                List<Link> found = new ArrayList<>();
                if (!allStop && named && contents <= 5 && !(words > contents && Words.stop(tokens.get(start).lower()))) {
                    schema(stems.toString(), joined.toString(), contents, weight, start, end + 1, lexicon, found);
                    found.removeIf(link -> grouping(tokens, link));
                }
                if (contents == 1 && words == 1 && !allStop) {
                    if (found.isEmpty()) {
                        synonyms(token, start, lexicon, found);
                        people(token, start, lexicon, found);
                    }
                    partial(tokens, token, start, lexicon, found);
                    if (found.isEmpty()) {
                        described(List.of(token), start, lexicon, found);
                    }
                    if (found.isEmpty()) {
                        abbreviated(token, start, lexicon, found);
                    }
                }
                if (contents == 2 && words == 2 && found.isEmpty()) {
                    pair(tokens.get(start), token, start, lexicon, found);
                    if (found.isEmpty()) {
                        described(tokens.subList(start, end + 1), start, lexicon, found);
                    }
                }
                dominate(found);
                keep(found, links);
                ValueLinker.values(tokens, raw.toString(), rawStems.toString(), start, end + 1, contents, words, capital, allStop, lexicon, links);
            }
        }
    }

    /** Whether a name that has no such word would swallow the <i>by</i> of <i>price changes by reason</i>. */
    private static boolean grouping(List<Token> tokens, Link link) {
        for (int i = link.start() + 1; i < link.end() - 1; i++) {
            String word = tokens.get(i).lower();
            if ((word.equals("by") || word.equals("per")) && (link.column() == null || !Names.words(link.column().name()).contains(word))) {
                return true;
            }
        }
        return false;
    }

    private static void schema(String stems, String joined, int contents, double weight, int start, int end, Lexicon lexicon,
            List<Link> found) {
        double longer = 1 + LONGER * (contents - 1);
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.Entry entry : table.phrases(stems)) {
                add(found, start, end, entry, entry.score() * weight * longer);
            }
            if (!joined.equals(stems)) {
                for (TableLexicon.Entry entry : table.phrases(joined)) {
                    add(found, start, end, entry, entry.score() * weight * 0.98);
                }
            }
        }
    }

    private static void add(List<Link> found, int start, int end, TableLexicon.Entry entry, double score) {
        Kind kind = entry.column() == null ? Kind.TABLE : Kind.COLUMN;
        for (int i = 0; i < found.size(); i++) {
            Link known = found.get(i);
            if (known.kind() == kind && known.table() == entry.table() && known.column() == entry.column()) {
                if (known.score() < score) {
                    found.set(i, new Link(start, end, kind, entry.table(), entry.column(), null, null, score));
                }
                return;
            }
        }
        found.add(new Link(start, end, kind, entry.table(), entry.column(), null, null, score));
    }

    private static void partial(List<Token> tokens, Token token, int start, Lexicon lexicon, List<Link> found) {
        boolean counting = token.is("total") && start + 1 < tokens.size() && tokens.get(start + 1).is("number");
        if (token.kind() == Token.Kind.NUMBER || token.stem().length() < 3 || counting) {
            return;
        }
        String root = Words.root(token.stem());
        for (TableLexicon table : lexicon.tables()) {
            boolean ordinal = token.is("first") || token.is("last");
            for (TableLexicon.Entry entry : table.words(token.stem())) {
                add(found, start, start + 1, entry, partialScore(entry, token.stem()) * (ordinal ? 0.6 : 1));
            }
            if (root.length() >= 4) {
                for (TableLexicon.Entry entry : table.roots(root)) {
                    add(found, start, start + 1, entry, partialScore(entry, null) * 0.8);
                }
            }
        }
    }

    private static double partialScore(TableLexicon.Entry entry, String stem) {
        List<String> words = entry.column() == null ? entry.table().stems : entry.column().core;
        double ratio = 1.0 / Math.max(1, words.size());
        boolean head = stem != null && !words.isEmpty() && words.get(words.size() - 1).equals(stem);
        boolean inCore = stem == null || words.contains(stem);
        double score = 0.3 + 0.4 * ratio + (head ? 0.12 : 0);
        if (entry.column() != null && (entry.column().identifier || entry.column().foreign)) {
            score -= 0.25;
        }
        return inCore ? score : 0.15;
    }

    private static void pair(Token first, Token second, int start, Lexicon lexicon, List<Link> found) {
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.Entry entry : table.words(first.stem())) {
                List<String> words = entry.column() == null ? entry.table().stems : entry.column().stems;
                if (words.contains(second.stem()) && !first.stem().equals(second.stem())) {
                    add(found, start, start + 2, entry, 0.9 + 0.9 * 2 / words.size());
                }
            }
        }
    }

    /** Words of a curator's description, all of the same thing. */
    private static void described(List<Token> words, int start, Lexicon lexicon, List<Link> found) {
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.Entry entry : table.described(words.get(0).stem())) {
                boolean all = words.stream().allMatch(word -> table.described(word.stem()).stream().anyMatch(other -> other.column() == entry.column()));
                if (all) {
                    add(found, start, start + words.size(), entry, DESCRIBED * words.size() + (words.size() > 1 ? LONGER : 0));
                }
            }
        }
    }

    private static void synonyms(Token token, int start, Lexicon lexicon, List<Link> found) {
        for (String synonym : Concepts.synonyms(token.stem())) {
            for (TableLexicon table : lexicon.tables()) {
                for (TableLexicon.Entry entry : table.phrases(synonym)) {
                    add(found, start, start + 1, entry, entry.score() * 0.75);
                }
            }
        }
        if (found.isEmpty()) {
            heads(token, start, lexicon, found);
        }
    }

    /** <i>Residents</i> of a {@code city_population}: a synonym of what the name's last word says. */
    private static void heads(Token token, int start, Lexicon lexicon, List<Link> found) {
        for (String synonym : Concepts.synonyms(token.stem())) {
            for (TableLexicon table : lexicon.tables()) {
                for (TableLexicon.Entry entry : table.words(synonym)) {
                    ColumnNode column = entry.column();
                    if (column != null && column.core.get(column.core.size() - 1).equals(synonym) && !column.foreign && !column.identifier) {
                        add(found, start, start + 1, entry, 0.55);
                    }
                }
            }
        }
    }

    /** <i>Enrollment</i> is what a column {@code enr} says in short. */
    private static void abbreviated(Token token, int start, Lexicon lexicon, List<Link> found) {
        if (!token.word() || token.stem().length() < SHORTENED || !Coverage.telling(token)) {
            return;
        }
        for (TableLexicon table : lexicon.tables()) {
            for (TableLexicon.Entry entry : table.abbreviations(token.stem())) {
                add(found, start, start + 1, entry, 0.5);
            }
        }
    }

    /** <i>People</i> are whoever the schema keeps. */
    private static void people(Token token, int start, Lexicon lexicon, List<Link> found) {
        if (!token.is("people") && !token.is("persons")) {
            return;
        }
        for (int rank = 0; rank < Concepts.PEOPLE.size(); rank++) {
            for (TableLexicon table : lexicon.tables()) {
                for (TableLexicon.Entry entry : table.phrases(Concepts.PEOPLE.get(rank))) {
                    if (entry.column() == null && entry.score() >= 0.95) {
                        add(found, start, start + 1, entry, 0.55 - 0.01 * rank);
                    }
                }
            }
        }
    }

    /** In <i>first and last name</i>, the word <i>first</i> alone means the first name. */
    private static void coordinated(List<Token> tokens, int start, Lexicon lexicon, List<Link> links) {
        int at = start + 1;
        while (at < tokens.size() && at <= start + 5 && (tokens.get(at).is("and") || tokens.get(at).is(",") || tokens.get(at).is("or"))) {
            int next = at + 1;
            while (next < tokens.size() && (tokens.get(next).is("and") || tokens.get(next).is("the"))) {
                next++;
            }
            if (next + 1 >= tokens.size() || !tokens.get(next).word()) {
                return;
            }
            Token second = tokens.get(next);
            Token head = tokens.get(next + 1);
            List<Link> found = new ArrayList<>();
            for (TableLexicon table : lexicon.tables()) {
                if (table.phrases(second.stem() + " " + head.stem()).isEmpty()) {
                    continue;
                }
                for (TableLexicon.Entry entry : table.phrases(tokens.get(start).stem() + " " + head.stem())) {
                    if (entry.column() != null && entry.score() > 0.9) {
                        add(found, start, start + 1, entry, 1.2);
                    }
                }
            }
            keep(found, links);
            at = next + 1;
        }
    }

    /** <i>Code of the product type</i> names {@code product_type_code}. */
    private static void inverted(List<Token> tokens, int start, Lexicon lexicon, List<Link> links) {
        for (int head = 1; head <= 2; head++) {
            int of = start + head;
            if (of + 1 >= tokens.size() || !tokens.get(of).is("of") || Words.stop(tokens.get(start).lower()) || tokens.get(of - 1).is("number")) {
                continue;
            }
            StringBuilder front = new StringBuilder();
            for (int i = start; i < of; i++) {
                front.append(' ').append(tokens.get(i).stem());
            }
            int begin = of + 1;
            while (begin < tokens.size() && (tokens.get(begin).is("the") || tokens.get(begin).is("all") || tokens.get(begin).is("each"))) {
                begin++;
            }
            boolean each = tokens.get(begin - 1).is("each");
            StringBuilder tail = new StringBuilder();
            for (int end = begin; end < tokens.size() && end < begin + 3 && tokens.get(end).word() && !each; end++) {
                tail.append(tail.length() == 0 ? "" : " ").append(tokens.get(end).stem());
                List<Link> found = new ArrayList<>();
                for (TableLexicon table : lexicon.tables()) {
                    for (TableLexicon.Entry entry : table.phrases(tail + front.toString())) {
                        if (entry.column() != null && entry.score() >= 0.95) {
                            add(found, start, end + 1, entry, (head + end + 1 - begin) * 0.97);
                        }
                    }
                }
                keep(found, links);
            }
        }
    }

    private static void asked(List<Token> tokens, int start, Lexicon lexicon, List<Link> links) {
        String phrase = tokens.get(start).lower();
        boolean opens = start == 0 || !tokens.get(start - 1).word() || Words.stop(tokens.get(start - 1).lower());
        if (!opens) {
            return;
        }
        List<Concepts.Attribute> attributes = Concepts.asked(phrase);
        int end = start + 1;
        if (phrase.equals("how") && end < tokens.size()) {
            attributes = Concepts.asked("how " + tokens.get(end).lower());
            end++;
            if (attributes.isEmpty() && end < tokens.size()) {
                attributes = Concepts.asked("how " + tokens.get(end - 1).lower() + " " + tokens.get(end).lower());
                end++;
            }
        }
        boolean much = phrase.equals("how") && end == start + 2 && tokens.get(start + 1).is("much");
        if (much && HowMuch.ofNoun(tokens, end)) {
            return;
        }
        boolean flows = much && HowMuch.flows(tokens, lexicon.tables());
        end += much && end < tokens.size() && tokens.get(end).is("money") ? 1 : 0;
        boolean amount = phrase.equals("how") && !much && end - start == 3;
        boolean traded = amount && tokens.stream().anyMatch(token -> Concepts.TRADED.contains(token.lower()));
        List<Link> found = new ArrayList<>();
        Map<ColumnNode, Boolean> seen = new HashMap<>();
        for (int rank = 0; rank < attributes.size(); rank++) {
            for (TableLexicon table : lexicon.tables()) {
                for (TableLexicon.Entry entry : table.words(attributes.get(rank).word())) {
                    if (entry.column() != null && seen.put(entry.column(), true) == null && !entry.column().foreign && !entry.column().identifier
                            && !(flows && (Concepts.priced(entry.column()) || !entry.column().measure()))
                            && (!amount || entry.column().measure() && !Concepts.priced(entry.column()) && !(traded && Concepts.stored(entry.column())))) {
                        boolean head = entry.column().stems.get(entry.column().stems.size() - 1).equals(attributes.get(rank).word());
                        double base = amount ? 2.4 : phrase.equals("how") ? 1.2 : 0.5;
                        found.add(new Link(start, end, Kind.COLUMN, entry.table(), entry.column(), amount ? "amount" : "asked", null,
                                base - 0.04 * rank - (head ? 0 : 0.1) + echoed(tokens, entry.column(), attributes.get(rank).word())));
                    }
                }
            }
        }
        keep(found, links);
    }

    /** Where a span names one thing exactly, what it only partly names is less likely meant. */
    private static void dominate(List<Link> found) {
        double best = found.stream().mapToDouble(Link::score).max().orElse(0);
        for (int i = 0; i < found.size(); i++) {
            Link link = found.get(i);
            if (link.score() < best * 0.85) {
                found.set(i, new Link(link.start(), link.end(), link.kind(), link.table(), link.column(), link.text(), link.word(),
                        link.score() * DOMINATED));
            }
        }
    }

    /** Another word of the column's name that the question says too, such as <i>placed</i> for {@code date_order_placed}. */
    private static double echoed(List<Token> tokens, ColumnNode column, String asked) {
        double score = 0;
        for (String stem : column.stems) {
            if (!stem.equals(asked) && stem.length() > 3 && tokens.stream().anyMatch(token -> token.word()
                    && (token.stem().equals(stem) || Words.root(token.stem()).equals(Words.root(stem))))) {
                score += 0.2;
            }
        }
        return Math.min(0.4, score);
    }

    static void keep(List<Link> found, List<Link> links) {
        found.sort(Comparator.comparingDouble(Link::score).reversed());
        links.addAll(found.subList(0, Math.min(found.size(), MOST_PER_SPAN)));
    }
}
