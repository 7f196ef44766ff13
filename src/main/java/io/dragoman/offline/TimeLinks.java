package io.dragoman.offline;

import io.dragoman.offline.time.TimePhrase;
import java.util.ArrayList;
import java.util.List;

/** Makes links of the time phrases of a question. */
final class TimeLinks {

    private TimeLinks() {
    }

    /** One link a phrase, its text the phrase's index; none when no table has a column of time. */
    static List<Link> of(List<TimePhrase> phrases, List<Token> tokens, Lexicon lexicon) {
        List<Link> links = new ArrayList<>();
        if (phrases.isEmpty() || !lexicon.temporal()) {
            return links;
        }
        boolean years = lexicon.tables().stream().anyMatch(one -> one.table.columns.stream()
                .anyMatch(column -> column.year() && column.numeric()));
        for (int p = 0; p < phrases.size(); p++) {
            TimePhrase phrase = phrases.get(p);
            if (years && bareYear(phrase.text())) {
                continue;
            }
            int start = -1;
            int end = -1;
            int contents = 0;
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (token.start() >= phrase.start() && token.end() <= phrase.end()) {
                    start = start < 0 ? i : start;
                    end = i + 1;
                    contents++;
                }
            }
            if (start > 0 && phrase.filters() && bareYear(phrase.text()) && ofNumber(tokens.get(start - 1), lexicon)) {
                continue;
            }
            if (start >= 0 && (phrase.filters() || phrase.groups())) {
                double score = phrase.certain() ? 0.9 * contents + 0.6 : 0.55 * contents;
                links.add(Link.operator(start, end, Link.Kind.TIME, String.valueOf(p), null, score));
            }
        }
        return links;
    }

    /** A year right after a number's name is compared with the number: <i>founded before 1900</i>. */
    private static boolean ofNumber(Token before, Lexicon lexicon) {
        return before.word() && lexicon.tables().stream().flatMap(one -> one.table.columns.stream()).anyMatch(column -> column.measure()
                && !column.temporal() && column.core.equals(List.of(before.stem())));
    }

    /** Whether the phrase is a year and nothing finer: then a column of years is likelier meant than a date. */
    private static boolean bareYear(String text) {
        for (String word : text.toLowerCase(java.util.Locale.ROOT).split("\\s+")) {
            boolean number = !word.isEmpty() && Character.isDigit(word.charAt(0)) && Tokenizer.numeric(word) && word.length() == 4;
            if (!number && !java.util.Set.of("in", "before", "after", "since", "until", "the", "year", "from", "to", "between", "and", "of",
                    "prior", "during", "till", "years", "or", "by").contains(word)) {
                return false;
            }
        }
        return true;
    }
}
