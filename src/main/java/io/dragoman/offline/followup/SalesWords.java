package io.dragoman.offline.followup;

import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words for what was earned by selling, of which a glossary usually defines one: <i>sales</i>, <i>revenue</i>, <i>turnover</i>. */
final class SalesWords {

    private static final Pattern PATTERN = Pattern.compile("(?i)\\b(?:sales|revenues?|turnover)\\b");

    private static final Set<String> DEFINED = Set.of("sales", "revenue", "turnover");
    private static final Set<String> PARTS = Set.of("share", "percentage", "percent", "sum", "total", "amount", "terms", "fraction", "proportion");
    /** Before these words each sale is a thing of its own, or somebody or something belongs to it. */
    private static final Set<String> COUNTED = Set.of("many", "list", "all", "any", "every", "each", "recent", "of", "last", "latest", "first", "new");
    private static final Set<String> COMPOUNDS = Set.of("order", "orders", "person", "people", "persons", "rep", "reps", "manager", "managers", "team",
            "teams", "tax", "date", "price", "prices", "representative", "representatives", "employee", "employees", "staff", "record", "records",
            "where", "that", "which", "with", "whose", "above", "over", "below", "under");

    private SalesWords() {
    }

    /**
     * The question with the glossary's word for what it calls by another, as an amount, in a schema where nothing else is called so; else
     * the question itself.
     */
    static String defined(String question, SchemaGroup group) {
        List<String> keys = group.directives().stream().filter(directive -> directive.key() != null && directive.expression() != null)
                .map(directive -> directive.key().trim()).filter(key -> DEFINED.contains(key.toLowerCase(Locale.ROOT))).toList();
        Matcher matcher = PATTERN.matcher(question);
        if (keys.size() != 1 || !matcher.find() || called(matcher.group(), group)) {
            return question;
        }
        List<String> before = RankedGroups.words(question.substring(0, matcher.start()));
        List<String> behind = RankedGroups.words(question.substring(matcher.end()));
        String last = RankedGroups.lower(before, before.size() - 1);
        boolean share = last.equals("of") && PARTS.contains(RankedGroups.lower(before, before.size() - 2));
        boolean compound = COMPOUNDS.contains(RankedGroups.lower(behind, 0)) || COUNTED.contains(last) && !share;
        return compound ? question : question.substring(0, matcher.start()) + keys.get(0) + question.substring(matcher.end());
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
