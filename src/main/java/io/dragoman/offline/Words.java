package io.dragoman.offline;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** English word forms: stems, roots, numbers in words, and words that carry no meaning of their own. */
final class Words {

    private static final Map<String, String> IRREGULAR = Map.ofEntries(Map.entry("people", "person"),
            Map.entry("persons", "person"), Map.entry("children", "child"), Map.entry("men", "man"),
            Map.entry("women", "woman"), Map.entry("feet", "foot"), Map.entry("wives", "wife"),
            Map.entry("lives", "live"), Map.entry("criteria", "criterion"), Map.entry("series", "series"),
            Map.entry("species", "species"), Map.entry("movies", "movie"), Map.entry("cookies", "cookie"),
            Map.entry("statuses", "status"), Map.entry("buses", "bus"), Map.entry("analyses", "analysis"),
            Map.entry("has", "has"), Map.entry("was", "was"), Map.entry("does", "does"), Map.entry("is", "is"),
            Map.entry("this", "this"), Map.entry("gas", "gas"), Map.entry("calories", "calorie"),
            Map.entry("aircrafts", "aircraft"), Map.entry("its", "its"), Map.entry("indices", "index"),
            Map.entry("campuses", "campus"), Map.entry("bonuses", "bonus"), Map.entry("halves", "half"),
            Map.entry("knives", "knife"), Map.entry("salespeople", "salesperson"), Map.entry("us", "us"),
            Map.entry("countries", "country"), Map.entry("viruses", "virus"), Map.entry("shelves", "shelf"),
            Map.entry("ties", "tie"), Map.entry("organisation", "organization"),
            Map.entry("organisations", "organization"), Map.entry("cheque", "check"), Map.entry("cheques", "check"),
            Map.entry("centre", "center"), Map.entry("centres", "center"), Map.entry("colour", "color"),
            Map.entry("colours", "color"), Map.entry("theatre", "theater"), Map.entry("theatres", "theater"),
            Map.entry("programme", "program"), Map.entry("programmes", "program"), Map.entry("enrolment", "enrollment"),
            Map.entry("catalogue", "catalog"), Map.entry("catalogues", "catalog"));

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(Map.entry("zero", 0), Map.entry("one", 1),
            Map.entry("two", 2), Map.entry("once", 1), Map.entry("twice", 2), Map.entry("thrice", 3), Map.entry("three", 3), Map.entry("four", 4), Map.entry("five", 5), Map.entry("six", 6),
            Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9), Map.entry("ten", 10),
            Map.entry("eleven", 11), Map.entry("twelve", 12), Map.entry("fifteen", 15), Map.entry("twenty", 20),
            Map.entry("thirty", 30), Map.entry("forty", 40), Map.entry("fifty", 50), Map.entry("sixty", 60),
            Map.entry("hundred", 100), Map.entry("thousand", 1000), Map.entry("million", 1_000_000));

    private static final Set<String> STOP = Set.of("the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "from",
            "with", "and", "or", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "has", "have",
            "had", "that", "which", "who", "whom", "whose", "what", "where", "when", "how", "there", "their", "its",
            "it", "they", "them", "his", "her", "this", "these", "those", "than", "as", "me", "i", "my", "we", "our",
            "us", "you", "your", "can", "could", "please", "all", "any", "some", "list", "show", "find", "give",
            "return", "display", "tell", "get", "'s", "s", "both", "each", "every", "per", "not", "no", "also", "into",
            "thanks", "thank", "hi", "hello", "hey", "kindly", "dear", "pls", "i'd", "i'm", "if", "but", "so", "such", "will", "would", "should", "about", "then", "he", "she", "let", "report");

    private static final Map<String, String> PAST = Map.ofEntries(Map.entry("left", "leave"), Map.entry("sold", "sell"), Map.entry("bought", "purchase"),
            Map.entry("buy", "purchase"), Map.entry("paid", "payment"), Map.entry("gave", "give"), Map.entry("given", "give"),
            Map.entry("taken", "take"), Map.entry("took", "take"), Map.entry("wrote", "write"), Map.entry("written", "write"),
            Map.entry("began", "begin"), Map.entry("begun", "begin"), Map.entry("lost", "lose"), Map.entry("taught", "teach"),
            Map.entry("sent", "send"), Map.entry("spent", "spend"), Map.entry("driven", "drive"), Map.entry("drove", "drive"),
            Map.entry("spoken", "speak"), Map.entry("spoke", "speak"), Map.entry("flew", "fly"), Map.entry("flown", "fly"), Map.entry("chosen", "choose"),
            Map.entry("chose", "choose"), Map.entry("broken", "break"), Map.entry("broke", "break"), Map.entry("caught", "catch"),
            Map.entry("built", "build"), Map.entry("drawn", "draw"), Map.entry("grown", "grow"), Map.entry("grew", "grow"));

    private static final String[] SUFFIXES = {"ations", "ation", "ments", "ment", "ings", "ing", "ities", "ity", "ions",
        "ion", "ance", "ence", "ants", "ant", "ees", "ee", "ors", "ers", "or", "er", "ies", "ed", "al", "ly", "es", "e", "s", "y"};

    private Words() {
    }

    /** The word without its plural ending. */
    static String stem(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        int n = word.length();
        if (n > 4 && word.endsWith("ies")) {
            return word.substring(0, n - 3) + "y";
        }
        if (n > 4 && (word.endsWith("sses") || word.endsWith("shes") || word.endsWith("ches") || word.endsWith("xes")
                || word.endsWith("zzes"))) {
            return word.substring(0, n - 2);
        }
        if (n > 2 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
            return word.substring(0, n - 1);
        }
        return word;
    }

    /** The regular plural of a noun. */
    static String plural(String noun) {
        int n = noun.length();
        if (n > 2 && noun.endsWith("y") && "aeiou".indexOf(noun.charAt(n - 2)) < 0) {
            return noun.substring(0, n - 1) + "ies";
        }
        boolean hissing = noun.endsWith("s") || noun.endsWith("x") || noun.endsWith("ch") || noun.endsWith("sh");
        return hissing ? noun + "es" : noun + "s";
    }

    /** The part that a word shares with its relatives: <i>publish</i> of publisher, published, publishing. */
    static String root(String word) {
        return withoutSuffix(PAST.getOrDefault(word, word));
    }

    private static String withoutSuffix(String word) {
        for (String suffix : SUFFIXES) {
            if (word.endsWith(suffix) && word.length() - suffix.length() >= 4) {
                String rest = word.substring(0, word.length() - suffix.length());
                int n = rest.length();
                boolean doubled = n > 4 && rest.charAt(n - 1) == rest.charAt(n - 2) && "lsf".indexOf(rest.charAt(n - 1)) < 0;
                return doubled ? rest.substring(0, n - 1) : rest;
            }
        }
        return word;
    }

    /** The number a word stands for; null when it is none. */
    static Integer number(String word) {
        return NUMBERS.get(word);
    }

    /** The words that have a grammatical role only. */
    static Set<String> stopWords() {
        return STOP;
    }

    /** Whether the word has a grammatical role only. */
    static boolean stop(String word) {
        return STOP.contains(word);
    }

    /** Lower case, and one blank for every run of what is neither letter nor digit. */
    static String normalize(String value) {
        StringBuilder out = new StringBuilder(value.length());
        boolean gap = false;
        String lower = value.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                if (gap && out.length() > 0) {
                    out.append(' ');
                }
                gap = false;
                out.append(c);
            } else {
                gap = true;
            }
        }
        return out.toString();
    }
}
