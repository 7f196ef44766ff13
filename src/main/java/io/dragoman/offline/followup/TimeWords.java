package io.dragoman.offline.followup;

import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.offline.time.TimePhrase;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words around time phrases: which are part of them, and which column they speak of. */
final class TimeWords {

    /** What happens at a time, whatever the column is called. */
    private static final Set<String> HAPPENING = Set.of("placed", "made", "created", "filed", "registered", "received",
            "submitted", "happened", "occurred", "recorded", "executed", "booked", "dated", "observed", "entered");
    private static final Set<String> GENERAL = Set.of("date", "time", "at", "on", "day", "datetime", "timestamp", "of", "year");
    private static final Pattern CHANGE = Pattern.compile("(?i)(?:\\b(?:by )?how (?:much )?(?:did|does|do|has|have)\\b|(?:(?:\\bpercent(?:age)?|%)\\s+)?\\b(?:changes?|"
            + "changed|growth|grow|grown|grew|difference|increases?|increased?|decreases?|decreased?|declined?|comparison|develop(?:ed|ment)?|evolved?)"
            + "(?:\\s+rates?)?(?:\\s+in percent(?:age)?)?(?:\\s+(?:in|of|for|from)\\b)?)");
    private static final Pattern GROWTH = Pattern.compile("(?i)\\b(?:growth|grow|grew|grown|changed?)\\b");
    private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}]+)\\s*$");
    private static final Pattern OR_AFTER = Pattern.compile("(?i)^,?\\s+or\\s");
    private static final Pattern OR_BEFORE = Pattern.compile("(?i)\\bor\\s+(?:(?:who|that|which|whose|have|has|had|was|were|is|are|it|they|been|later|"
            + "\\p{L}+ed|born|built|made)\\s+){0,4}$");
    private static final Pattern BOTH_BEFORE = Pattern.compile("(?i)\\bboth(?:\\s+(?:in|during|on))?(?:\\s+the)?(?:\\s+years?)?\\s*$");
    private static final Pattern LAST_WORDS = Pattern.compile("([\\p{L}]+ [\\p{L}]+)\\s*$");

    private TimeWords() {
    }

    /** Whether one row cannot have all the times, as in <i>both in 1999 and 2000</i> or <i>before 2000 and after 2005</i>. */
    static boolean ofSeveralRows(String question, List<TimePhrase> phrases) {
        List<TimePhrase> filters = phrases.stream().filter(TimePhrase::filters).toList();
        boolean both = filters.stream().anyMatch(phrase -> BOTH_BEFORE.matcher(question.substring(0, phrase.start())).find());
        return both || filters.stream().anyMatch(a -> filters.stream().anyMatch(b -> a.excludes(b)));
    }

    /** Whether a phrase follows the name of a number that it is compared with, such as <i>founded after 1950</i> where that is a year's number. */
    static boolean ofNumbers(String question, List<TimePhrase> phrases, SchemaGroup group) {
        for (TimePhrase phrase : phrases) {
            Matcher before = LAST_WORD.matcher(question.substring(0, phrase.start()));
            if (phrase.filters() && before.find() && group.tables().stream().flatMap(table -> table.columns().stream()).anyMatch(column -> column.dataType().numeric()
                    && column.name().equalsIgnoreCase(before.group(1)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a table or column is called by the phrase's words: "annual salary" where there is an annual_salary. */
    static boolean nameSomething(TimePhrase phrase, SchemaGroup group) {
        List<String> words = Arrays.asList(phrase.text().toLowerCase(Locale.ROOT).split("[^\\p{L}\\d]+"));
        if (phrase.text().toLowerCase(Locale.ROOT).matches(".*\\bolder than\\b.*")) {
            words = List.of("age");
        }
        for (TableDefinition table : group.tables()) {
            if (overlaps(table.name(), words)) {
                return true;
            }
            for (ColumnDefinition column : table.columns()) {
                if (overlaps(column.name(), words)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean overlaps(String name, List<String> words) {
        for (String word : Names.words(name).split(" ")) {
            if (word.length() > 2 && !GENERAL.contains(word) && words.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the verb before a phrase is what curators call a time of a table that the plan has nothing of: <i>customers who ordered in
     * 2024</i>. It then says what happened, not only when.
     */
    static boolean ofEvent(String question, List<TimePhrase> phrases, SchemaGroup group, LogicalPlan plan) {
        for (TimePhrase phrase : phrases) {
            Matcher verb = LAST_WORD.matcher(question.substring(0, phrase.start()));
            if (!phrase.filters() || !verb.find() || !verb.group(1).toLowerCase(Locale.ROOT).matches(".{2,}(?:ed|en|ght|ld|de)")) {
                continue;
            }
            List<TableDefinition> spoken = group.tables().stream().filter(table -> speaksOf(verb.group(1).toLowerCase(Locale.ROOT), table)).toList();
            if (!spoken.isEmpty() && spoken.stream().noneMatch(table -> plan.from().stream().anyMatch(source -> source.table().equals(table.name())))) {
                return true;
            }
        }
        return false;
    }

    private static boolean speaksOf(String verb, TableDefinition table) {
        return table.columns().stream().anyMatch(column -> column.dataType().temporal() && (names(column.name(), verb)
                || column.synonyms().stream().anyMatch(verb::equalsIgnoreCase)));
    }

    /** The question without its time phrases and the verbs that only lead to them. */
    static String without(String question, List<TimePhrase> phrases, SchemaGroup group) {
        StringBuilder rest = new StringBuilder(question);
        boolean changes = false;
        for (int i = phrases.size() - 1; i >= 0; i--) {
            TimePhrase phrase = phrases.get(i);
            int start = phrase.start();
            Matcher verb = LAST_WORDS.matcher(rest.substring(0, start));
            boolean leads = phrase.filters() && verb.find() && means(verb.group(1).toLowerCase(Locale.ROOT), group);
            if (!leads) {
                verb = LAST_WORD.matcher(rest.substring(0, start));
                leads = phrase.filters() && verb.find() && leads(verb.group(1).toLowerCase(Locale.ROOT), group);
            }
            rest.replace(leads ? verb.start(1) : start, phrase.end(), "");
            changes |= phrase.meaning() instanceof TimeMeaning.Change;
        }
        String plain = changes ? CHANGE.matcher(rest).replaceAll("") : rest.toString();
        return plain.replaceAll("\\s+", " ").replaceAll("\\s([?.!,])", "$1").trim();
    }

    /**
     * The phrases, where a growth or change is spoken of by the unit that is then compared with the one before: <i>revenue growth by
     * month</i>. Not so where the schema itself has changes.
     */
    static List<TimePhrase> compared(String question, List<TimePhrase> phrases, SchemaGroup group) {
        Matcher growth = GROWTH.matcher(question);
        boolean buckets = phrases.stream().filter(phrase -> bucket(phrase) != null).count() == 1
                && phrases.stream().noneMatch(phrase -> phrase.meaning() instanceof TimeMeaning.Change);
        List<String> words = !growth.find() ? List.of() : growth.group().toLowerCase(Locale.ROOT).startsWith("gr") ? List.of("growth")
                : List.of("change", "changes", "changed");
        if (!buckets || words.isEmpty() || group.tables().stream().anyMatch(table -> overlaps(table.name(), words)
                || table.columns().stream().anyMatch(column -> overlaps(column.name(), words)))) {
            return phrases;
        }
        return phrases.stream().map(phrase -> bucket(phrase) == null ? phrase : new TimePhrase(phrase.start(), phrase.end(), phrase.text(),
                new TimeMeaning.Change(bucket(phrase).unit()), true)).toList();
    }

    private static TimeMeaning.Bucket bucket(TimePhrase phrase) {
        return phrase.meaning() instanceof TimeMeaning.Bucket bucket && bucket.count() == 1 ? bucket : null;
    }

    /**
     * Times that are said as one of two alternatives, as in <i>made before 1980 or directed by him</i>; what is cut out of
     * such a question would no longer be an alternative.
     */
    static Predicate<TimePhrase> alternatives(String question) {
        return phrase -> phrase.filters() && (OR_AFTER.matcher(question.substring(phrase.end())).find()
                || OR_BEFORE.matcher(question.substring(0, phrase.start())).find());
    }

    /** Whether curators say so of a column of time. */
    private static boolean means(String words, SchemaGroup group) {
        return group.tables().stream().flatMap(table -> table.columns().stream()).filter(column -> column.dataType().temporal())
                .anyMatch(column -> column.synonyms().stream().anyMatch(words::equalsIgnoreCase))
                || group.synonyms().stream().anyMatch(synonym -> synonym.term().equalsIgnoreCase(words));
    }

    private static boolean leads(String word, SchemaGroup group) {
        return HAPPENING.contains(word) || means(word, group) || word.endsWith("ed") && group.tables().stream().flatMap(table -> table.columns().stream())
                .anyMatch(column -> column.dataType().temporal() && names(column.name(), word));
    }

    /** Whether a word speaks of a column of time: "hired" of hire_date, "expires" of expiry_date. */
    static boolean names(String column, String word) {
        for (String own : Names.words(column).split(" ")) {
            boolean same = own.equals(word) || own.length() >= 4 && word.length() >= 4 && !GENERAL.contains(own)
                    && own.regionMatches(0, word, 0, Math.max(4, Math.min(own.length(), word.length()) - 2));
            if (same && !GENERAL.contains(own)) {
                return true;
            }
        }
        return false;
    }
}
