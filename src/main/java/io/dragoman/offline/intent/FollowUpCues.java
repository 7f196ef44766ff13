package io.dragoman.offline.intent;

import java.util.List;
import java.util.Set;

/** Words that show that a question changes the one before it. */
final class FollowUpCues {

    private static final Set<String> FIRST = Set.of("now", "and", "also", "but", "then", "only", "just", "instead", "same",
            "exclude", "excluding", "without", "except", "include", "including", "remove", "drop", "add", "limit", "sorted",
            "ascending", "descending", "ignore", "filter", "filtered", "not", "or", "plus", "again", "grouped", "ordered",
            "split", "skip", "narrow", "restrict", "reverse", "clear", "change", "replace", "drill", "compare", "no",
            "make", "keep", "use", "switch", "undo", "broken", "oldest", "newest", "cheapest", "highest", "lowest");
    private static final Set<String> PREPOSITIONS = Set.of("for", "in", "since", "by", "per", "with", "from", "on", "of",
            "before", "after", "during", "until", "between", "as", "under", "over", "above", "below", "where", "who",
            "yesterday", "today", "last", "this", "monthly", "daily", "weekly", "yearly", "quarterly", "hourly", "top",
            "each", "all", "older", "newer", "more", "less");
    private static final List<String> OPENINGS = List.of("what about", "how about", "of those", "of these", "of them",
            "among those", "among these", "among them", "from those", "from these", "show them", "show it", "show those",
            "list them", "sort it", "sort by", "order it", "order by", "group by", "group it", "group them", "sort them",
            "order them", "sort these", "order these", "rank them", "break it", "break them", "break that", "break down",
            "make it", "which of", "how many of those", "how many of them", "how many of these", "how many are there",
            "how many is that", "how many are those", "count them", "count those", "sum them", "add them up",
            "whats the total", "the total", "the average", "the sum", "the count", "the maximum", "the minimum",
            "the highest", "the lowest", "the same", "what is the total", "what is the average", "only those",
            "show only", "show just", "give me only", "show me only", "the top", "the first", "the last", "how many",
            "their", "its", "how much is that", "how much are those",
            "how much are these", "how much are they", "how much was that", "sort the", "order the", "show the top", "show their", "do the same", "do it");
    private static final List<String> ANYWHERE = List.of("instead", "same but", "as well", "those ones", "these ones",
            "of those", "of these", "of them", "those results", "these results", "the results", "that list", "this list",
            "the previous", "show them", "list them", "sort them", "order them", "group them", "the ones", "but only",
            "rather than", "the same");
    private static final Set<String> WHOLE_QUESTIONS = Set.of("what", "which", "show", "list", "how", "find", "give", "who",
            "where", "when", "display", "count", "get");
    private static final List<String> WHOLE_LIMITED = List.of("how many", "what is the total", "what is the average",
            "the total", "the average", "the sum", "the count", "the maximum", "the minimum", "the highest", "the lowest",
            "the top", "the first", "the last", "sort the", "order the", "show the top", "show only", "show just",
            "give me only", "show me only", "which of", "how much is that", "how much are those", "how much are these",
            "how much are they", "how much was that", "what about", "how about", "the previous", "their", "its");

    private FollowUpCues() {
    }

    /** Whether the sentence, asked after another question, changes that one. */
    static boolean in(Sentence sentence) {
        String first = sentence.at(0);
        if (FIRST.contains(first)) {
            return !standsAlone(sentence, first.equals("and") || first.equals("now") || first.equals("also") ? 1 : 12);
        }
        for (String opening : OPENINGS) {
            if (sentence.begins(0, opening)) {
                boolean limited = WHOLE_LIMITED.contains(opening);
                boolean about = opening.equals("what about") || opening.equals("how about");
                return !limited || about || sentence.size() <= opening.split(" ").length + (opening.equals("how many") ? 0
                        : opening.startsWith("show") || opening.startsWith("give") ? 3 : 2);
            }
        }
        if (PREPOSITIONS.contains(first)) {
            boolean each = sentence.at(1).equals("each") || sentence.at(1).equals("every");
            boolean asks = sentence.words().stream().skip(1).anyMatch(WHOLE_QUESTIONS::contains);
            return !asks && (!each && sentence.size() <= 8 || sentence.size() <= 3);
        }
        return sentence.containsAny(ANYWHERE);
    }

    /** Whether what follows the first word is a whole question of its own: "now list all customers of Berlin". */
    private static boolean standsAlone(Sentence sentence, int from) {
        Sentence rest = sentence.from(from);
        boolean asks = WHOLE_QUESTIONS.contains(rest.at(0)) || rest.at(0).equals("me");
        return asks && rest.size() > 5 && !rest.containsAny(ANYWHERE) && !rest.words().contains("only")
                && !rest.words().contains("their") && !rest.words().contains("them") && !in(rest);
    }
}
