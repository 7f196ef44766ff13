package io.dragoman.offline.followup;

import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words for what was earned by selling, of which a glossary usually defines one, or one column is called so: <i>sales</i>,
 * <i>revenue</i>, <i>turnover</i>.
 */
final class SalesWords {

    private static final Pattern PATTERN = Pattern.compile("(?i)\\b(?:sales|revenues?|turnover)\\b");

    private static final Set<String> DEFINED = Set.of("sales", "revenue", "turnover");
    private static final Set<String> PARTS = Set.of("share", "percentage", "percent", "sum", "total", "amount", "terms", "fraction", "proportion");
    /** Before these words each sale is a thing of its own, or somebody or something belongs to it. */
    private static final Set<String> COUNTED = Set.of("many", "list", "all", "any", "every", "each", "recent", "of", "last", "latest", "first", "new");
    /** After these words sales are money, also where a table of sales could be counted. */
    private static final Set<String> SUMMED = Set.of("total", "highest", "lowest", "by", "average", "overall", "largest", "smallest", "greatest");
    /** After these words they are the sum of many sales, not one of them. */
    private static final Set<String> RANKED = Set.of("highest", "lowest", "by", "largest", "smallest", "greatest");
    private static final Set<String> COMPOUNDS = Set.of("order", "orders", "person", "people", "persons", "rep", "reps", "manager", "managers", "team",
            "teams", "tax", "date", "price", "prices", "representative", "representatives", "employee", "employees", "staff", "record", "records",
            "where", "that", "which", "with", "whose", "above", "over", "below", "under");

    private SalesWords() {
    }

    /**
     * The question with the glossary's word for what it calls by another, as an amount, in a schema where nothing else is called so, or
     * with the name of the one column that holds it; else the question itself.
     */
    static String defined(String question, SchemaGroup group) {
        Matcher matcher = PATTERN.matcher(question);
        if (!matcher.find()) {
            return question;
        }
        List<String> keys = group.directives().stream().filter(directive -> directive.key() != null && directive.expression() != null)
                .map(directive -> directive.key().trim()).filter(key -> DEFINED.contains(key.toLowerCase(Locale.ROOT))).toList();
        List<String> columns = keys.isEmpty() ? columns(group) : List.of();
        List<String> before = RankedGroups.words(question.substring(0, matcher.start()));
        List<String> behind = RankedGroups.words(question.substring(matcher.end()));
        String last = RankedGroups.lower(before, before.size() - 1);
        boolean share = last.equals("of") && PARTS.contains(RankedGroups.lower(before, before.size() - 2));
        boolean compound = COMPOUNDS.contains(RankedGroups.lower(behind, 0)) || COUNTED.contains(last) && !share;
        boolean glossary = keys.size() == 1 && !compound && !called(matcher.group(), group);
        boolean column = columns.size() == 1 && !compound && (share || SUMMED.contains(last)) && !named(matcher.group(), group);
        return glossary ? replaced(question, matcher, keys.get(0))
                : column ? replaced(question, matcher, (RANKED.contains(last) ? "total " : "") + columns.get(0)) : question;
    }

    private static String replaced(String question, Matcher word, String by) {
        return question.substring(0, word.start()) + by + question.substring(word.end());
    }

    /** The names of the columns that hold what was earned by selling. */
    private static List<String> columns(SchemaGroup group) {
        return group.tables().stream().flatMap(table -> table.columns().stream()).map(column -> Names.words(column.name()))
                .filter(name -> DEFINED.contains(name.toLowerCase(Locale.ROOT))).toList();
    }

    /** Whether a column is called by that word, so that it needs no other. */
    private static boolean named(String word, SchemaGroup group) {
        String wanted = Names.singular(word);
        return group.tables().stream().flatMap(table -> table.columns().stream())
                .flatMap(column -> Stream.concat(Stream.of(column.name()), column.synonyms().stream()))
                .anyMatch(name -> Names.singular(Names.words(name)).equals(wanted));
    }

    private static boolean called(String word, SchemaGroup group) {
        String wanted = Names.singular(word);
        return group.tables().stream().anyMatch(table -> Stream.concat(Stream.concat(Stream.of(table.name()), table.synonyms().stream()),
                table.columns().stream().flatMap(column -> Stream.concat(Stream.of(column.name()), column.synonyms().stream())))
                .anyMatch(name -> Names.singular(Names.words(name)).equals(wanted)))
                || group.synonyms().stream().anyMatch(synonym -> synonym.term().equalsIgnoreCase(word))
                || group.directives().stream().anyMatch(directive -> directive.key() != null && directive.key().equalsIgnoreCase(word));
    }
}
