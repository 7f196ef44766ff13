package io.dragoman.offline.followup;

import static io.dragoman.offline.followup.RankedGroups.lower;

import io.dragoman.offline.Interpretation;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rankings by how something sells, though no measure is named: <i>best selling product</i>, <i>which category sells best</i>, <i>most
 * popular product</i>. It is ranked by the quantity that the rows keep which refer to it, else by how many of these there are; where
 * several would do, they are asked back.
 */
final class SalesRanking {

    private static final Set<String> GOOD = Set.of("best", "top", "most", "worst", "least", "highest", "lowest", "poorest", "bottom");
    private static final Set<String> SELLING = Set.of("selling", "seller", "sellers", "sold", "popular", "performing", "ordered", "bought", "purchased");
    private static final Set<String> SELLS = Set.of("sells", "sell", "sold", "selling", "performs", "perform", "performed");
    private static final Set<String> QUANTITIES = Set.of("quantity", "quantities", "qty", "units", "copies", "pieces");
    private static final Set<String> STORED = Set.of("stock", "inventory", "available", "reorder", "minimum", "maximum", "min", "max", "returned",
            "impact", "target", "planned", "forecast", "expected");
    private static final Set<String> MARKS = Set.of("rating", "score", "rank", "ranking", "grade", "points", "point", "stars", "star");
    /** In place of a manner, where something is only said to be the best. */
    private static final String BARE = "best";
    private static final Set<String> REVENUE = Set.of("revenue", "sales", "turnover");
    private static final Set<String> LEADING = Set.of("what", "which", "who", "is", "are", "was", "were", "our", "the", "show", "me", "list", "give", "us",
            "find", "tell", "what's", "please", "has", "have", "been", "my", "all", "their");
    private static final Set<String> TAIL = Set.of("in", "from", "during", "since", "for", "of", "by", "with", "that", "which", "last", "this", "among",
            "to", "between", "before", "after", "on", "at", "who", "over", "so", "within", "per", "each", "and", "or");
    private static final Set<String> MEASURED = Set.of("by", "with", "per", "each", "and", "or", "terms");

    /** Rows of a ranking that does not say how many. */
    private static final int MANY = 10;

    private final List<String> words;
    private final SchemaGroup group;
    private final Function<String, Interpretation> fresh;
    private boolean descending;
    private int limit;
    private String manner;
    private String noun;
    private String rest;
    private String phrase;

    private SalesRanking(String question, SchemaGroup group, Function<String, Interpretation> fresh) {
        this.words = split(question);
        this.group = group;
        this.fresh = fresh;
    }

    /**
     * The reading of such a question.
     *
     * @param fresh reads a question as one of its own
     * @return empty when it is none, when it names its measure, or when nothing is sold in the schema
     */
    static Optional<Interpretation> read(String question, SchemaGroup group, Function<String, Interpretation> fresh) {
        SalesRanking ranking = new SalesRanking(question, group, fresh);
        return ranking.before() || ranking.behind() ? ranking.ranked() : Optional.empty();
    }

    private static List<String> split(String question) {
        List<String> words = new ArrayList<>();
        for (String word : RankedGroups.words(question)) {
            boolean joined = word.length() > 5 && GOOD.contains(word.toLowerCase(Locale.ROOT).split("-")[0]) && word.contains("-");
            words.addAll(joined ? List.of(word.split("-", 2)) : List.of(word));
        }
        return words;
    }

    /** <i>The 5 best selling products in 2024</i>, <i>the most popular product</i>. */
    private boolean before() {
        int k = 0;
        while (k < words.size() && LEADING.contains(lower(words, k))) {
            k++;
        }
        int start = k;
        limit = 0;
        String degree = "";
        manner = "";
        while (k < words.size()) {
            String word = lower(words, k);
            if (GOOD.contains(word)) {
                degree = degree.isEmpty() || degree.equals("top") ? word : degree;
            } else if (RankedGroups.count(word) > 0) {
                limit = RankedGroups.count(word);
            } else if (!degree.isEmpty() && manner.isEmpty() && SELLING.contains(word)) {
                manner = word;
            } else {
                break;
            }
            k++;
        }
        boolean bare = manner.isEmpty() && Set.of("best", "worst").contains(degree);
        manner = bare ? BARE : manner;
        if (degree.isEmpty() || manner.isEmpty() || Set.of("ordered", "bought", "purchased").contains(manner) && !Set.of("most", "least").contains(degree)) {
            return false;
        }
        int end = k;
        while (end < words.size() && !TAIL.contains(lower(words, end)) && !Set.of("is", "are", "was", "were").contains(lower(words, end))) {
            end++;
        }
        return taken(degree, start, k, end, end);
    }

    /** <i>Which category sells best in Germany</i>, <i>what products are the most popular</i>. */
    private boolean behind() {
        if (!Set.of("which", "what").contains(lower(words, 0))) {
            return false;
        }
        int verb = 1;
        while (verb < words.size() && !SELLS.contains(lower(words, verb)) && !Set.of("is", "are", "was", "were").contains(lower(words, verb))) {
            verb++;
        }
        int k = verb + 1;
        boolean sells = SELLS.contains(lower(words, verb));
        manner = sells ? lower(words, verb) : "";
        String degree = "";
        while (k < words.size() && (lower(words, k).equals("the") || GOOD.contains(lower(words, k)) || !sells && SELLING.contains(lower(words, k)))) {
            degree = GOOD.contains(lower(words, k)) ? lower(words, k) : degree;
            manner = SELLING.contains(lower(words, k)) && !sells ? lower(words, k) : manner;
            k++;
        }
        limit = RankedGroups.count(lower(words, 1));
        return !degree.isEmpty() && !manner.isEmpty() && (k == words.size() || TAIL.contains(lower(words, k)))
                && taken(degree, 0, limit > 0 ? 2 : 1, verb, k);
    }

    private boolean taken(String degree, int start, int from, int to, int tail) {
        noun = from < to ? Names.singular(String.join(" ", words.subList(from, to)).toLowerCase(Locale.ROOT)) : "";
        boolean several = from < to && !noun.equals(String.join(" ", words.subList(from, to)).toLowerCase(Locale.ROOT));
        descending = !RankedGroups.lowest(degree);
        limit = limit > 0 ? limit : several ? 0 : 1;
        rest = String.join(" ", words.subList(tail, words.size()));
        phrase = String.join(" ", words.subList(start, Math.max(to, tail)));
        boolean measured = MEASURED.stream().anyMatch(word -> (" " + rest.toLowerCase(Locale.ROOT) + " ").contains(" " + word + " "));
        return !noun.isEmpty() && !measured;
    }

    private Optional<Interpretation> ranked() {
        List<TableDefinition> named = group.tables().stream().filter(table -> called(table)).toList();
        List<TableDefinition> kept = named.isEmpty() ? group.tables().stream().filter(table -> column(table) != null).toList() : named;
        if (kept.size() != 1) {
            return Optional.empty();
        }
        List<TableDefinition> sales = group.relationships().stream().filter(tie -> tie.targetTable().equalsIgnoreCase(kept.get(0).name()))
                .map(tie -> group.table(tie.sourceTable()).orElse(null)).filter(table -> table != null && table != kept.get(0)).distinct().toList();
        Set<String> measures = new LinkedHashSet<>();
        for (TableDefinition table : sales) {
            table.columns().stream().filter(SalesRanking::quantity).forEach(column -> measures.add("total " + table.name() + "." + column.name()));
        }
        boolean bare = manner.equals(BARE);
        boolean perform = manner.startsWith("perform") || bare;
        if (bare && (named.isEmpty() || judged(kept.get(0)))) {
            return Optional.empty();
        }
        if (perform) {
            group.directives().stream().filter(directive -> directive.expression() != null && directive.key() != null
                    && REVENUE.contains(directive.key().toLowerCase(Locale.ROOT))).forEach(directive -> measures.add(directive.key()));
        }
        boolean counted = !(named.isEmpty() && manner.equals("popular")) && (bare ? measures.size() < 2 : !perform);
        if (measures.isEmpty() && counted || bare && counted) {
            sales.forEach(table -> measures.add("number of " + Names.words(table.name())));
        }
        if (measures.isEmpty()) {
            return Optional.empty();
        }
        if (measures.size() > 1) {
            List<String> choices = measures.stream().map(this::choice).toList();
            return Optional.of(new Interpretation.Ambiguous("What is '" + phrase + "' by: " + String.join(" or ", choices) + "?", phrase, choices));
        }
        String measure = measures.iterator().next();
        Interpretation read = fresh.apply(measure + " by " + noun + (rest.isEmpty() ? "" : " " + rest));
        int rows = limit > 0 ? limit : MANY;
        return RankedGroups.first(read, descending, rows, "Ranked by the " + measure + ", " + (descending ? "highest" : "lowest") + " first, as '"
                + phrase + "' names no measure.");
    }

    private String choice(String measure) {
        return (descending ? "top " : "bottom ") + (limit > 0 ? limit : MANY) + " " + noun + " by " + measure;
    }

    /** Whether rows are given marks, which then say how good they are. */
    private static boolean judged(TableDefinition table) {
        return table.columns().stream().flatMap(column -> List.of(Names.words(column.name()).split(" ")).stream()).anyMatch(MARKS::contains);
    }

    private boolean called(TableDefinition table) {
        return Names.singular(Names.words(table.name())).equals(noun)
                || table.synonyms().stream().anyMatch(synonym -> Names.singular(Names.words(synonym)).equals(noun));
    }

    private ColumnDefinition column(TableDefinition table) {
        return table.columns().stream().filter(column -> !column.dataType().numeric() && !column.dataType().temporal())
                .filter(column -> Names.singular(Names.words(column.name())).equals(noun)
                || (Names.singular(Names.words(table.name())) + " " + Names.words(column.name())).equals(noun)
                || column.synonyms().stream().anyMatch(synonym -> Names.singular(Names.words(synonym)).equals(noun))).findFirst().orElse(null);
    }

    /** Whether a column keeps how many were sold. */
    private static boolean quantity(ColumnDefinition column) {
        List<String> words = List.of(Names.words(column.name()).split(" "));
        return column.dataType().numeric() && !column.primaryKey() && words.stream().anyMatch(QUANTITIES::contains)
                && words.stream().noneMatch(STORED::contains);
    }
}
