package io.dragoman.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the English words out of the names of tables and columns: {@code Num_of_staff} is <i>number of staff</i>. */
final class Names {

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(Map.entry("num", "number"),
            Map.entry("no", "number"), Map.entry("nbr", "number"), Map.entry("nr", "number"), Map.entry("dept", "department"),
            Map.entry("addr", "address"), Map.entry("fname", "first name"), Map.entry("lname", "last name"),
            Map.entry("desc", "description"), Map.entry("descr", "description"), Map.entry("amt", "amount"),
            Map.entry("qty", "quantity"), Map.entry("avg", "average"), Map.entry("min", "minimum"),
            Map.entry("max", "maximum"), Map.entry("dob", "date of birth"), Map.entry("pct", "percent"),
            Map.entry("tel", "telephone"), Map.entry("yr", "year"), Map.entry("emp", "employee"), Map.entry("cust", "customer"),
            Map.entry("apt", "apartment"), Map.entry("acct", "account"), Map.entry("acc", "account"), Map.entry("bal", "balance"),
            Map.entry("org", "organization"), Map.entry("mgr", "manager"), Map.entry("prof", "professor"),
            Map.entry("prod", "product"), Map.entry("cat", "category"), Map.entry("loc", "location"),
            Map.entry("lat", "latitude"), Map.entry("lon", "longitude"), Map.entry("lng", "longitude"), Map.entry("temp", "temperature"),
            Map.entry("inst", "institution"), Map.entry("doc", "document"), Map.entry("info", "information"),
            Map.entry("pop", "population"), Map.entry("stu", "student"), Map.entry("exp", "experience"),
            Map.entry("crs", "course"), Map.entry("intl", "international"), Map.entry("govt", "government"),
            Map.entry("mins", "minutes"), Map.entry("secs", "seconds"), Map.entry("hrs", "hours"), Map.entry("ht", "height"),
            Map.entry("wt", "weight"), Map.entry("ids", "id"), Map.entry("txn", "transaction"), Map.entry("trans", "transaction"),
            Map.entry("ts", "timestamp"), Map.entry("ref", "reference"), Map.entry("char", "characteristic"),
            Map.entry("val", "value"), Map.entry("ssn", "ssn"), Map.entry("freq", "frequency"),
            Map.entry("lang", "language"), Map.entry("pos", "position"), Map.entry("nat", "nationality"));

    private static final List<String> ENDINGS = List.of("name", "code", "type", "date", "number", "year", "title", "time",
            "status", "count", "price", "town", "no", "id");

    private static final int SHORTEST_COMPOUND = 7;
    private static final int SHORTEST_PART = 3;
    /** Words of three letters that end or begin names; others are parts of words too often. */
    private static final Set<String> SHORT_PARTS = Set.of("key", "tax", "fee", "day", "qty", "amt", "emp", "acc");

    private static final Set<String> WHOLE = Set.of("candidate", "update", "mandate", "surname", "prototype", "paid",
            "valid", "invalid", "grid", "aid", "liquid", "username", "nickname", "casino", "hometown", "stereotype",
            "discount", "account", "amount", "fluid", "overtime", "lifetime", "piano", "volcano", "subtitle", "timetable",
            "entitle", "downtown", "maid", "acid", "hybrid", "covid", "rapid", "solid", "avoid",
            "android", "thyroid", "raid", "druid", "squid", "steroid", "genotype", "phenotype", "domino", "kimono", "nino",
            "latino", "filename", "hostname", "outdate", "said", "bedtime", "encode", "decode", "unicode", "sometime",
            "mermaid", "void", "orchid", "afraid", "unpaid", "prepaid", "humid", "vivid", "madrid", "hemorrhoid", "inuit");

    /** What names abbreviate words by. */
    static Set<String> abbreviations() {
        return ABBREVIATIONS.keySet();
    }

    private Names() {
    }

    /** The last part of a name as it is written, in lower case. */
    static String last(String name) {
        return name.substring(Math.max(name.lastIndexOf('_'), name.lastIndexOf(' ')) + 1).toLowerCase(Locale.ROOT);
    }

    /** The words of a name in lower case, abbreviations as they are. */
    static List<String> written(String name) {
        List<String> words = new ArrayList<>();
        parts(name, part -> words.add(part.toLowerCase(Locale.ROOT)));
        return words;
    }

    /** The words of a name in lower case, abbreviations written out. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        String whole = ABBREVIATIONS.get(name.toLowerCase(Locale.ROOT));
        if (whole != null && name.length() > 3) {
            return List.of(whole.split(" "));
        }
        parts(name, part -> flush(part, words));
        return words;
    }

    private static void parts(String name, Consumer<String> each) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : ' ';
            boolean letterOrDigit = Character.isLetterOrDigit(c);
            boolean boundary = !letterOrDigit
                    || i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1))
                    || i > 0 && Character.isUpperCase(c) && i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))
                            && Character.isUpperCase(name.charAt(i - 1)) && i + 2 < name.length()
                    || i > 0 && Character.isDigit(c) && Character.isLetter(name.charAt(i - 1));
            if (boundary && i > start) {
                each.accept(name.substring(start, i));
            }
            if (boundary) {
                start = letterOrDigit ? i : i + 1;
            }
        }
    }

    private static void flush(String part, List<String> words) {
        String word = part.toLowerCase(Locale.ROOT);
        String written = ABBREVIATIONS.get(word);
        if (written != null) {
            words.addAll(List.of(written.split(" ")));
            return;
        }
        if (word.length() == 3 && word.endsWith("id") && !word.equals("bid") && !word.equals("kid")) {
            words.add("id");
            return;
        }
        if (!WHOLE.contains(word)) {
            for (String ending : ENDINGS) {
                int rest = word.length() - ending.length();
                if (rest >= (ending.length() == 2 ? 2 : 3) && word.endsWith(ending)
                        && (ending.length() > 2 || rest <= 8)) {
                    String first = word.substring(0, rest);
                    String start = ABBREVIATIONS.getOrDefault(first, first);
                    words.addAll(List.of(start.split(" ")));
                    words.add(ending.equals("no") ? "number" : ending);
                    return;
                }
            }
        }
        words.addAll(compound(word));
    }

    /** The words that are run together in a name, such as {@code useracct} or {@code shipmode}; the word itself where it is one. */
    private static List<String> compound(String word) {
        if (word.length() >= SHORTEST_COMPOUND && !English.knows(word) && !WHOLE.contains(word)) {
            for (int at = word.length() - SHORTEST_PART; at >= SHORTEST_PART; at--) {
                String first = word.substring(0, at);
                String second = word.substring(at);
                if (part(first) && part(second) && (shortened(first) || shortened(second))) {
                    List<String> parts = new ArrayList<>(List.of(ABBREVIATIONS.getOrDefault(first, first).split(" ")));
                    parts.addAll(List.of(ABBREVIATIONS.getOrDefault(second, second).split(" ")));
                    return parts;
                }
            }
        }
        return List.of(word);
    }

    private static boolean shortened(String word) {
        return ABBREVIATIONS.containsKey(word) || SHORT_PARTS.contains(word);
    }

    private static boolean part(String word) {
        return word.length() > SHORTEST_PART ? English.knows(word) || ABBREVIATIONS.containsKey(word) : SHORT_PARTS.contains(word);
    }
}
