package io.dragoman.offline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mends slips of the keyboard: a word that nothing knows, and that is one or two letters away from just one word of the
 * schema, of its values or of the grammar, is read as that word. Quoted texts and numbers are never touched.
 *
 * @param text  the question with its words mended; the same as was typed when there was nothing to mend
 * @param typed the words as they were typed, by the word that they are read as
 */
record Spelling(String text, Map<String, String> typed) {

    /** Words so short are other words too often. */
    private static final int SHORTEST = 4;
    /** From this length on, two slips are mended. */
    private static final int LONG = 8;
    /** From this length on, a word that is neither known nor a name is hardly another word of English. */
    private static final int SURE = 4;
    /** A question with more unknown words is about something else. */
    private static final int MOST = 12;
    private static final Set<String> ENDINGS = Set.of("", "s", "d", "ed", "r", "er", "ly", "n", "es", "al", "or", "y");

    /** Reads a question. */
    static Spelling of(String question, Lexicon lexicon) {
        StringBuilder text = null;
        Map<String, String> typed = new LinkedHashMap<>();
        int copied = 0;
        int unknown = 0;
        for (Token token : Tokenizer.tokenize(question)) {
            if (unknown == MOST || !mendable(token) || known(token, lexicon)) {
                continue;
            }
            unknown++;
            String mended = nearest(token, lexicon);
            if (mended != null) {
                String written = token.capital() ? Character.toUpperCase(mended.charAt(0)) + mended.substring(1) : mended;
                text = text == null ? new StringBuilder() : text;
                text.append(question, copied, token.start()).append(written);
                copied = token.end();
                typed.put(written, token.text());
            }
        }
        return text == null ? new Spelling(question, Map.of()) : new Spelling(text.append(question.substring(copied)).toString(), typed);
    }

    /** The reading in the words that were typed. */
    Interpretation told(Interpretation reading) {
        if (typed.isEmpty()) {
            return reading;
        }
        if (reading instanceof Interpretation.Understood understood) {
            List<String> steps = new ArrayList<>();
            typed.forEach((mended, slip) -> steps.add("Took '" + slip + "' for '" + mended + "'."));
            steps.addAll(understood.steps());
            return new Interpretation.Understood(understood.plan(), steps, understood.directives(), understood.confidence());
        }
        if (reading instanceof Interpretation.Ambiguous ambiguous) {
            return new Interpretation.Ambiguous(ambiguous.question(), asTyped(ambiguous.phrase()), ambiguous.choices());
        }
        Interpretation.NotUnderstood lost = (Interpretation.NotUnderstood) reading;
        return new Interpretation.NotUnderstood(lost.reason(), lost.unknown().stream().map(this::asTyped).toList());
    }

    private String asTyped(String phrase) {
        List<String> words = new ArrayList<>();
        for (String word : phrase.split(" ")) {
            words.add(typed.getOrDefault(word, word));
        }
        return String.join(" ", words);
    }

    private static boolean mendable(Token token) {
        return token.word() && token.lower().length() >= SHORTEST && token.lower().chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    private static boolean known(Token token, Lexicon lexicon) {
        String root = Words.root(token.stem());
        if (English.knows(token)) {
            return true;
        }
        return lexicon.tables().stream().anyMatch(table -> table.knows(token.lower()) || table.knows(token.stem())
                || root.length() >= 4 && !table.roots(root).isEmpty()) || lexicon.glossary().knows(token.stem());
    }

    /** The one nearest word; null when there is none, or several are equally near. */
    private static String nearest(Token token, Lexicon lexicon) {
        Search search = new Search(token.lower());
        boolean name = token.capital() && token.start() > 0;
        for (char first : token.lower().substring(0, 2).toCharArray()) {
            if (!name) {
                lexicon.tables().forEach(table -> search.among(table.wordsFrom(first), Search.NAME));
                search.among(English.wordsFrom(first), Search.GRAMMAR);
            }
            lexicon.tables().forEach(table -> search.among(table.valueWordsFrom(first), Search.VALUE));
        }
        return search.found;
    }

    /** Keeps the nearest word seen; of words equally near, the one of lower rank. */
    private static final class Search {

        static final int NAME = 0;
        static final int GRAMMAR = 1;
        static final int VALUE = 2;

        private final String word;
        private final String letters;
        private final int most;
        private int distance;
        private int rank;
        private String found;

        Search(String word) {
            this.word = word;
            this.letters = letters(word);
            this.most = word.length() >= LONG ? 2 : 1;
            this.distance = most + 1;
        }

        void among(Collection<String> words, int ofRank) {
            for (String candidate : words) {
                if (Math.abs(candidate.length() - word.length()) > most || candidate.length() < SHORTEST || candidate.equals(found)
                        || inflected(candidate)) {
                    continue;
                }
                int away = distance(word, candidate, most);
                if (away <= most && plausible(candidate, away, ofRank)) {
                    keep(candidate, away, ofRank);
                }
            }
        }

        private void keep(String candidate, int away, int ofRank) {
            if (away < distance || away == distance && ofRank < rank) {
                distance = away;
                rank = ofRank;
                found = candidate;
            } else if (away == distance && ofRank == rank && found != null) {
                boolean same = letters(found).equals(letters);
                boolean other = letters(candidate).equals(letters);
                found = same == other ? null : same ? found : candidate;
            }
        }

        /** Short words are often right though unknown; their letters are all there when two were only swapped. */
        private boolean plausible(String candidate, int away, int ofRank) {
            if (candidate.charAt(0) != word.charAt(0)) {
                return away == 1 && candidate.charAt(0) == word.charAt(1) && letters(candidate).equals(letters);
            }
            if (away == 2) {
                return candidate.charAt(1) == word.charAt(1) || letters(candidate).equals(letters);
            }
            return ofRank == NAME || Math.min(candidate.length(), word.length()) > SURE || letters(candidate).equals(letters);
        }

        /** Whether a word is only another form, such as <i>named</i> of <i>names</i>. */
        private boolean inflected(String candidate) {
            int same = 0;
            while (same < Math.min(candidate.length(), word.length()) && candidate.charAt(same) == word.charAt(same)) {
                same++;
            }
            return same > 2 && ENDINGS.contains(candidate.substring(same)) && ENDINGS.contains(word.substring(same));
        }

        private static String letters(String word) {
            return word.chars().sorted().collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        }
    }

    /** Letters to insert, leave out, replace or swap with the next one; more than {@code most} counts as {@code most + 1}. */
    static int distance(String a, String b, int most) {
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        int[] next = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            next[0] = i;
            int best = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(Math.min(next[j - 1], row[j]) + 1, row[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    next[j] = Math.min(next[j], before[j - 2] + 1);
                }
                best = Math.min(best, next[j]);
            }
            if (best > most) {
                return most + 1;
            }
            int[] spare = before;
            before = row;
            row = next;
            next = spare;
        }
        return row[b.length()];
    }
}
