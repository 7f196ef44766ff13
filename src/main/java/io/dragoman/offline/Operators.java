package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of the question's grammar: counting, aggregates, superlatives, comparisons, negation, grouping, order. */
final class Operators {

    private record Meaning(Kind kind, String text, String word) {
    }

    private static final Map<String, Meaning> PHRASES = new HashMap<>();
    private static final int LONGEST = 8;
    private static final java.util.Set<String> SORT_FOLLOWERS = java.util.Set.of("by", "in", "from", "according", "alphabetically",
            "ascending", "descending", "on", "increasingly", "them", "the", "with");

    private static final java.util.Set<String> ORDERS = java.util.Set.of("order", "ascending", "descending", "alphabetical", "alphabetic",
            "increasing", "decreasing", "chronological", "reverse", "lexicographical", "lexicographic", "of", "basis", "by", "from");

    static {
        on(Kind.COUNT, "COUNT", "how many", "number of", "the number of", "count of", "the count of", "count", "total number of", "frequency",
                "total count of", "total number", "how many different", "quantity of");
        PHRASES.put("how many different", new Meaning(Kind.COUNT, "DISTINCT", null));
        on(Kind.AGGREGATE, "AVG", "average", "mean", "avg", "on average", "averaged", "average of", "averages");
        on(Kind.AGGREGATE, "SUM", "total", "sum", "sum of", "combined", "overall", "total sum of", "in total", "total amount of",
                "altogether", "totals");
        on(Kind.AGGREGATE, "MAX", "maximum", "max", "maximal");
        on(Kind.AGGREGATE, "MIN", "minimum", "min", "minimal");
        on(Kind.AGGREGATE, "MEDIAN", "median");
        superlative("DESC", "most", "", "largest", "large", "biggest", "big", "greatest", "great", "highest", "high", "longest",
                "long", "latest", "late", "newest", "new", "most recent", "recent", "most recently", "recent", "last", "recent",
                "oldest", "old", "youngest", "young", "tallest", "tall", "heaviest", "heavy", "richest", "rich", "fastest", "fast",
                "deepest", "deep", "widest", "wide", "strongest", "strong", "hottest", "hot", "coldest", "cold", "best", "good",
                "worst", "bad", "slowest", "slow", "farthest", "far", "furthest", "far", "closest", "close", "nearest", "close",
                "earliest", "early", "shortest", "short", "cheapest", "cheap", "lightest", "light", "poorest", "poor",
                "wealthiest", "wealthy", "densest", "dense", "warmest", "warm", "lowest", "low", "smallest", "small",
                "loudest", "loud", "most latest", "late");
        PHRASES.put("least", new Meaning(Kind.SUPERLATIVE, "ASC", ""));
        PHRASES.put("fewest", new Meaning(Kind.SUPERLATIVE, "ASC", ""));
        PHRASES.put("top", new Meaning(Kind.SUPERLATIVE, "DESC", ""));
        PHRASES.put("bottom", new Meaning(Kind.SUPERLATIVE, "ASC", ""));
        for (String adjective : Concepts.adjectives()) {
            PHRASES.putIfAbsent("most " + adjective, new Meaning(Kind.SUPERLATIVE, "DESC", adjective));
            PHRASES.putIfAbsent("least " + adjective, new Meaning(Kind.SUPERLATIVE, "ASC", adjective));
            comparative(adjective);
        }
        for (String common : List.of("common", "frequent", "popular", "commonly used", "frequently used", "used", "often",
                "frequently", "commonly", "prevalent", "numerous")) {
            PHRASES.put("most " + common, new Meaning(Kind.SUPERLATIVE, "DESC", "common"));
            PHRASES.put("least " + common, new Meaning(Kind.SUPERLATIVE, "ASC", "common"));
        }
        for (String paid : List.of("best paid", "highest paid", "most highly paid", "best earning", "top paid")) {
            PHRASES.put(paid, new Meaning(Kind.SUPERLATIVE, "DESC", "paid"));
        }
        PHRASES.put("worst paid", new Meaning(Kind.SUPERLATIVE, "ASC", "paid"));
        PHRASES.put("lowest paid", new Meaning(Kind.SUPERLATIVE, "ASC", "paid"));
        PHRASES.put("rarest", new Meaning(Kind.SUPERLATIVE, "ASC", "common"));
        for (String more : List.of("more", "greater", "larger", "bigger", "higher")) {
            on(Kind.COMPARISON, ">=", more + " than or equal to", more + " or equal to", "equal to or " + more + " than");
        }
        for (String less : List.of("less", "fewer", "smaller", "lower")) {
            on(Kind.COMPARISON, "<=", less + " than or equal to", less + " or equal to", "equal to or " + less + " than");
        }
        on(Kind.COMPARISON, ">", "more than", "greater than", "larger than", "higher than", "above", "over", "bigger than",
                "exceeding", "exceeds", "exceed", "beyond", ">", "in excess of", "after", "later than", "surpassing", "more",
                "greater", "is more than", "higher", "since after", "upwards of");
        on(Kind.COMPARISON, ">=", "at least", "no less than", "not less than", "no fewer than", "a minimum of", "minimum of",
                ">=", "since", "starting from", "no lower than", "more than or equal to", "greater than or equal to");
        on(Kind.COMPARISON, "<", "less than", "fewer than", "lower than", "below", "under", "smaller than", "before",
                "earlier than", "prior to", "<", "less", "fewer", "lower", "smaller");
        on(Kind.COMPARISON, "<=", "at most", "no more than", "not more than", "no greater than", "no higher than", "up to", "<=",
                "a maximum of", "maximum of", "less than or equal to", "until", "not exceeding");
        on(Kind.COMPARISON, "=", "equal to", "equals", "equal", "exactly", "=", "the same as", "same as");
        on(Kind.COMPARISON, "<>", "other than", "different from", "not equal to", "differs from", "!=", "excluding",
                "except", "except for", "besides", "apart from");
        on(Kind.BETWEEN, "BETWEEN", "between", "in the range of", "ranging from", "in the range between", "in the range", "within");
        like("CONTAINS", "contains", "contain", "containing", "includes", "include", "including", "contained", "has the word",
                "has the substring", "have the substring", "with the substring", "contains the word", "contain the word",
                "containing the word", "contains the substring", "contain the substring", "includes the word", "include the word",
                "has the letter", "has letter", "have letter", "have the letter", "has a letter", "contains the letter", "with the letter", "with the word", "contains the letters",
                "containing the letter", "contain the letter", "contains the phrase", "containing the phrase", "like",
                "containing the letters", "containing the substring", "includes the letter", "the letter", "the substring",
                "letter", "contains a", "with the phrase", "has the phrase", "contains a word", "the string", "substring", "the letters");
        like("STARTS", "starts with", "start with", "starting with", "begins with", "begin with", "beginning with", "started with",
                "starts with the letter", "start with the letter", "starting with the letter", "begins with the letter",
                "begin with the letter", "beginning with the letter", "with the prefix", "prefix", "starting with letter",
                "starts from", "start from", "starts with letter", "prefixed with", "with prefix");
        like("ENDS", "ends with", "end with", "ending with", "ends in", "end in", "ending in", "ends with the letter",
                "end with the letter", "ending with the letter", "with the suffix", "suffix");
        on(Kind.NOT, "NOT", "not", "never", "no", "without", "neither", "nor", "cannot", "none of", "does not have", "do not have",
                "did not have", "has no", "have no", "has not", "have not", "did not", "do not", "does not", "has never",
                "have never", "was not", "were not", "is not", "are not", "with no", "had no", "not have", "lack", "lacks",
                "never had", "not any", "had never", "without any", "not been", "have not had", "lacking", "that are not",
                "do not have any", "does not have any", "did not have any", "have not been", "has not been", "have no any",
                "outside", "outside of", "do no", "does no", "without a", "without an", "don't", "doesn't", "did no", "do not have a", "does not have a",
                "nobody", "nobody has", "nobody ever", "no one", "no one has", "no one ever", "nobody has ever", "no one has ever", "didn't", "hasn't",
                "haven't", "isn't", "aren't", "wasn't", "weren't", "won't", "can't", "non", "free of", "free from", "devoid of", "have never had", "has never had");
        on(Kind.NULL, "NULL", "missing", "is null", "null", "unknown", "is missing", "is empty", "empty", "is unknown", "no known",
                "unspecified", "are missing", "are null", "are unknown", "not known", "not specified", "is not known");
        on(Kind.EACH, "EACH", "each", "every", "per", "for each", "by each", "for every", "of each", "in each",
                "for different", "grouped by", "group by", "broken down by", "for the different", "in every", "across each",
                "of every", "within each", "from each", "of different", "each of the", "each of",
                "for each of the", "for each of", "for each different", "in each of the", "by different", "in different",
                "for each distinct", "for various", "each individual", "every single", "on each",
                "at each", "to each", "with each", "across different", "from different", "from every");
        on(Kind.SORT, "SORT", "sorted by", "ordered by", "order by", "sort by", "sorted", "ordered", "sort", "in order of", "in the order of",
                "ranked by", "arranged by", "listed by", "sort them by", "order them by", "sort the results by", "order the results by",
                "sorted according to", "ordered according to", "sorted on", "in order by", "order", "arranged", "by order of",
                "rank", "ranked", "sort the list by", "order the list by", "sorted from", "ordered from", "sort the result by",
                "and sort", "and order", "list them in", "sort them in", "sort results by", "order results by", "in the order", "by the order of");
        on(Kind.DIRECTION, "ASC", "ascending", "increasing", "alphabetically", "alphabetical", "ascendingly", "lexicographical",
                "lexicographically", "ascending order", "increasing order", "in ascending order", "in increasing order",
                "in alphabetical order", "alphabetical order", "in ascending order of", "in alphabetical order of",
                "in increasing order of", "in lexicographical order", "in ascending alphabetical order", "from low to high",
                "from lowest to highest", "from youngest to oldest", "from least to most", "from the youngest to the oldest",
                "from small to large", "chronologically", "in chronological order", "chronological", "from early to late",
                "ascending alphabetical order", "from smallest to largest", "ascending lexicographical order", "from oldest to newest",
                "from earliest to latest", "in an ascending order", "alphabetic order", "in alphabetic order", "from cheapest to most expensive",
                "in lexicographic order", "lexicographic order", "from shortest to longest", "from a to z", "from young to old", "from short to long", "from early to late", "from first to last", "from old to new");
        on(Kind.DIRECTION, "DESC", "descending", "decreasing", "descending order", "decreasing order", "in descending order",
                "in decreasing order", "in descending order of", "in decreasing order of", "from high to low",
                "from highest to lowest", "from oldest to youngest", "reverse", "in reverse alphabetical order", "from most to least",
                "from the most to the least", "from large to small", "from the oldest to the youngest", "descendingly",
                "in reverse order", "reverse alphabetical order", "from largest to smallest", "in reverse order of", "in descending alphabetical order",
                "from late to early", "from newest to oldest", "reverse order", "from latest to earliest", "in a descending order",
                "from the most recent to the oldest", "from most recent to oldest", "from most expensive to cheapest", "in reverse lexicographical order",
                "from longest to shortest", "from z to a", "from old to young", "from new to old", "from long to short", "reverse alphabetical", "from the highest to the lowest",
                "descending alphabetical order", "starting with the most recent", "from biggest to smallest");
        orders("ASC", "ascending", "increasing", "alphabetical", "alphabetic", "lexicographical", "lexicographic", "chronological",
                "ascending alphabetical", "alphabetical ascending", "ascending lexicographical", "alphabetically ascending");
        orders("DESC", "descending", "decreasing", "descending alphabetical", "descending lexicographical", "reverse alphabetical",
                "reverse lexicographical", "reverse", "reversed", "reverse chronological", "alphabetical descending");
        on(Kind.DISTINCT, "DISTINCT", "different", "distinct", "unique", "distinctive", "differing", "all different", "all distinct");
        on(Kind.EVERYTHING, "ALL", "all information", "all the information", "all details", "all the details", "all columns",
                "all data", "everything", "all attributes", "full details", "complete information", "all info", "all the data",
                "all information about", "the details", "every detail", "all fields", "all records", "all the columns");
        on(Kind.BOTH, "BOTH", "both", "both of");
        on(Kind.BOTH, "SHARED", "shared by", "shared", "in common", "common to");
        on(Kind.EITHER, "EITHER", "either");
        on(Kind.AND, "AND", "and", "as well as", "along with", "together with", "also", "and also", "plus", "but also", "but", "&",
                "and the corresponding", "and their", "and its", "and the", "and also the", "additionally", "then", "and then");
        on(Kind.OR, "OR", "or", "or else", "or the", "or a");
        on(Kind.COMMA, "COMMA", ",", ";");
        on(Kind.CLAUSE, "CLAUSE", "whose", "who", "that", "which", "where", "with", "having", "when", "if", "while", "but also have",
                "such that", "given that", "whom", "whos");
        on(Kind.HAVE, "HAVE", "has", "have", "had", "owns", "own", "possess", "possesses");
        on(Kind.BE, "BE", "is", "are", "was", "were", "be", "been", "being");
        on(Kind.PREPOSITION, "OF", "of", "for", "of the", "for the", "of all", "for all", "of all the", "for all the", "about", "of these",
                "of those", "regarding", "corresponding to", "associated with", "belonging to", "of any", "of an", "of a", "for a", "for an",
                "for any", "for those", "about all", "related to", "of our", "across", "across all", "across all the", "among all");
        on(Kind.PREPOSITION, "IN", "in terms of", "based on", "in", "at", "on", "from", "by", "to", "into", "as", "under", "through", "via", "within", "during",
                "in the", "at the", "on the", "from the", "by the", "to the", "located in", "based in");
        on(Kind.ASK, "ASK", "show", "list", "find", "give", "return", "display", "tell", "what", "which", "who", "get", "report",
                "please", "show me", "give me", "tell me", "what is", "what are", "what was", "what were", "find out", "who is",
                "who are", "print", "select", "retrieve", "compute", "calculate", "present", "provide", "identify",
                "what is the", "what are the", "show the", "list the", "find the", "give the", "return the", "select the", "name", "state",
                "whats", "name the", "determine", "fetch", "see", "give me the", "show me the", "list out", "what're", "can you",
                "i want", "i would like", "i'd like", "i need", "we need", "i want to know", "i would like to know", "i'd like to know", "i need to know",
                "i want to see", "i would like to see", "i'd like to see", "i need to see", "let me know", "let me see", "do you know", "i wonder",
                "could you", "can you please", "could you please", "would you", "would you please", "would you mind", "telling", "telling me",
                "showing", "showing me", "i'd like you to", "i need you to", "i want you to", "i would like you to", "help me find", "looking for",
                "i am looking for", "i'm looking for", "pull up", "bring up", "enumerate", "describe", "output");
        on(Kind.STOP, "STOP", ".", "?", "!", ":");
        on(Kind.POSSESSIVE, "'s", "'s");
        on(Kind.TOP, "TOP", "first");
        PHRASES.remove("describe");
    }

    private static final java.util.Set<String> WORDS = wordsOfPhrases();

    private Operators() {
    }

    /** All words that the phrases of the grammar are made of. */
    static java.util.Set<String> words() {
        return WORDS;
    }

    private static java.util.Set<String> wordsOfPhrases() {
        java.util.Set<String> words = new java.util.HashSet<>();
        PHRASES.keySet().forEach(phrase -> words.addAll(List.of(phrase.split(" "))));
        words.removeIf(word -> !Character.isLetter(word.charAt(0)));
        return words;
    }

    private static void on(Kind kind, String text, String... phrases) {
        for (String phrase : phrases) {
            PHRASES.putIfAbsent(phrase, new Meaning(kind, text, null));
        }
    }

    private static void orders(String direction, String... words) {
        for (String word : words) {
            for (String before : List.of("", "in ", "in the ", "in a ", "in an ", "by ")) {
                on(Kind.DIRECTION, direction, before + word + " order", before + word + " order of", before + word + " order by");
            }
        }
    }

    private static void like(String text, String... phrases) {
        on(Kind.LIKE, text, phrases);
    }

    private static void superlative(String direction, String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            PHRASES.put(pairs[i], new Meaning(Kind.SUPERLATIVE, direction, pairs[i + 1]));
        }
    }

    private static void comparative(String adjective) {
        String stem = stem(adjective);
        Meaning more = new Meaning(Kind.COMPARISON, ">", adjective);
        Meaning less = new Meaning(Kind.COMPARISON, "<", adjective);
        PHRASES.putIfAbsent(stem + "er than", more);
        PHRASES.putIfAbsent(stem + "er", more);
        PHRASES.putIfAbsent(stem + "est", new Meaning(Kind.SUPERLATIVE, "DESC", adjective));
        PHRASES.putIfAbsent("more " + adjective + " than", more);
        PHRASES.putIfAbsent("less " + adjective + " than", less);
        for (String least : List.of("from most to least ", "most to least ", "from the most to the least ")) {
            PHRASES.put(least + adjective, new Meaning(Kind.DIRECTION, "DESC", adjective));
        }
        for (String most : List.of("from least to most ", "least to most ", "from the least to the most ")) {
            PHRASES.put(most + adjective, new Meaning(Kind.DIRECTION, "ASC", adjective));
        }
        for (String from : List.of("starting from the ", "starting with the ", "beginning with the ", "starting from ", "starting with ")) {
            PHRASES.putIfAbsent(from + stem + "est", new Meaning(Kind.DIRECTION, "DESC", adjective));
            PHRASES.putIfAbsent(from + "most " + adjective, new Meaning(Kind.DIRECTION, "DESC", adjective));
            PHRASES.putIfAbsent(from + "least " + adjective, new Meaning(Kind.DIRECTION, "ASC", adjective));
        }
        for (String first : List.of(stem + "est first", "most " + adjective + " first", "the " + stem + "est first")) {
            PHRASES.putIfAbsent(first, new Meaning(Kind.DIRECTION, "DESC", adjective));
        }
    }

    /** What <i>-er</i> and <i>-est</i> are added to: <i>big, pricey, large</i> → <i>bigg, prici, larg</i>. */
    private static String stem(String adjective) {
        int n = adjective.length();
        if (adjective.endsWith("ey")) {
            return adjective.substring(0, n - 2) + "i";
        }
        if (adjective.endsWith("y")) {
            return adjective.substring(0, n - 1) + "i";
        }
        if (adjective.endsWith("e")) {
            return adjective.substring(0, n - 1);
        }
        return adjective.equals("big") || adjective.equals("hot") ? adjective + adjective.charAt(2) : adjective;
    }

    /** Whether <i>order</i>, <i>ranked</i> … speak of sorting here, not of orders. */
    private static boolean sorts(List<Token> tokens, int at) {
        if (at == 0) {
            return true;
        }
        if (at + 1 >= tokens.size() || !SORT_FOLLOWERS.contains(tokens.get(at + 1).lower())) {
            return false;
        }
        boolean place = tokens.get(at + 1).is("in") || tokens.get(at + 1).is("the") || tokens.get(at + 1).is("on");
        return !place || tokens.subList(at + 2, Math.min(tokens.size(), at + 6)).stream().anyMatch(token -> ORDERS.contains(token.lower()));
    }

    /** The grammatical meanings of spans starting at a token. */
    static List<Link> at(List<Token> tokens, int start) {
        List<Link> found = new ArrayList<>();
        StringBuilder phrase = new StringBuilder();
        int weight = 0;
        for (int end = start; end < tokens.size() && end < start + LONGEST; end++) {
            Token token = tokens.get(end);
            if (token.kind() == Token.Kind.QUOTED || token.kind() == Token.Kind.NUMBER && !Character.isLetter(token.lower().charAt(0))) {
                break;
            }
            if (token.is("-") && end > start) {
                continue;
            }
            phrase.append(phrase.length() == 0 ? "" : " ").append(token.lower());
            weight++;
            Meaning meaning = PHRASES.get(phrase.toString());
            if (meaning != null && meaning.kind() == Kind.SORT && weight == 1 && !sorts(tokens, start)) {
                meaning = null;
            }
            if (meaning != null) {
                double score = 0.75 + (meaning.kind() == Kind.SORT ? 0.8 : 0.5) * (weight - 1);
                if (meaning.kind() == Kind.ASK || meaning.kind() == Kind.PREPOSITION || meaning.kind() == Kind.AND
                        || meaning.kind() == Kind.CLAUSE || meaning.kind() == Kind.BE || meaning.kind() == Kind.COMMA) {
                    score = phrase.toString().equals("in terms of") ? 0.75 : 0.2 + 0.01 * (weight - 1);
                } else if (phrase.toString().equals("last") || phrase.toString().equals("first")) {
                    score = 0.4;
                }
                found.add(Link.operator(start, end + 1, meaning.kind(), meaning.text(), meaning.word(), score));
            }
        }
        return found;
    }
}
