package io.dragoman.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adjectives and question words and the attributes they speak of: <i>oldest</i> is the highest age or the earliest birth. */
final class Concepts {

    /**
     * An attribute that an adjective speaks of.
     *
     * @param word       a word of the column's name
     * @param descending whether more of the adjective is a higher value
     */
    record Attribute(String word, boolean descending) {
    }

    private static final Map<String, List<Attribute>> ADJECTIVES = new HashMap<>();
    /** What columns are called that say since when a row is there, without the word <i>date</i>. */
    private static final java.util.Set<String> BEGINNINGS = java.util.Set.of("created", "create", "registered", "joined", "placed", "ordered",
            "opened", "started", "booked", "signed", "added", "inserted", "received", "hired", "submitted", "published", "issued");
    private static final Map<String, List<Attribute>> QUESTIONS = new HashMap<>();

    static {
        adjective("old", "+age", "-birth", "-birthday", "-founded", "-founding", "-built", "-opened", "-opening", "-year", "-date");
        adjective("young", "-age", "+birth", "+birthday", "+year", "+date");
        adjective("new", "+year", "+date", "+built", "-age", "+id");
        adjective("recent", "+date", "+year", "+time", "+datetime", "+timestamp", "+start");
        adjective("late", "+date", "+year", "+time", "+datetime", "+timestamp", "+start");
        adjective("early", "-date", "-year", "-time", "-datetime", "-timestamp", "-start", "-founded");
        adjective("tall", "+height", "+stature");
        adjective("high", "+height", "+elevation", "+altitude");
        adjective("low", "-elevation", "-altitude", "-height");
        adjective("short", "-height", "-length", "-duration", "-distance");
        adjective("long", "+length", "+duration", "+distance", "+runtime", "+time", "+hour");
        adjective("heavy", "+weight", "+mass", "+tonnage");
        adjective("light", "-weight", "-mass");
        adjective("expensive", "+price", "+cost", "+fee", "+rate", "+amount", "+charge");
        adjective("costly", "+cost", "+price");
        adjective("pricey", "+price", "+cost");
        adjective("cheap", "-price", "-cost", "-fee", "-rate", "-amount", "-charge");
        adjective("large", "+size", "+area", "+population", "+capacity", "+amount", "+length", "+volume");
        adjective("big", "+size", "+area", "+population", "+capacity", "+amount", "+length");
        adjective("great", "+size", "+amount", "+population");
        adjective("small", "-size", "-area", "-population", "-capacity", "-amount", "-length");
        adjective("fast", "+speed", "-time", "-duration", "+pace");
        adjective("slow", "-speed", "+time", "+duration");
        adjective("rich", "+wealth", "+worth", "+income", "+revenue", "+balance", "+gdp", "+budget");
        adjective("poor", "-wealth", "-worth", "-income", "-balance", "-gdp");
        adjective("wealthy", "+wealth", "+worth", "+income");
        adjective("populous", "+population");
        adjective("populated", "+population");
        adjective("deep", "+depth");
        adjective("wide", "+width");
        adjective("strong", "+strength", "+power", "+magnitude");
        adjective("hot", "+temperature");
        adjective("cold", "-temperature");
        adjective("warm", "+temperature");
        adjective("good", "+rating", "+score", "+rank", "+grade", "+point");
        adjective("bad", "-rating", "-score", "-grade", "-point");
        adjective("dense", "+density");
        adjective("profitable", "+profit", "+earning");
        adjective("paid", "+salary", "+pay", "+wage");
        adjective("far", "+distance");
        adjective("close", "-distance");
        adjective("experienced", "+experience", "+year");
        adjective("senior", "+seniority", "+age");
        adjective("loud", "+volume");

        question("when", "date", "year", "time", "day", "month", "datetime", "timestamp");
        question("where", "location", "city", "address", "place", "venue", "country", "hometown", "state", "town", "headquarter",
                "region", "origin");
        question("how old", "age");
        question("how long", "length", "duration", "time", "hour", "day", "minute");
        question("how much", "price", "cost", "amount", "fee", "salary", "total", "budget");
        question("how tall", "height");
        question("how high", "height", "elevation", "altitude");
        question("how heavy", "weight");
        question("how large", "size", "area", "population", "capacity");
        question("how big", "size", "area", "population", "capacity");
        question("how far", "distance");
        question("how fast", "speed");
        question("how deep", "depth");
        question("how expensive", "price", "cost");
        for (String units : List.of("units", "pieces", "copies")) {
            question("how many " + units, "quantity", "qty", "unit", "stock", "inventory");
        }
    }

    private static final Map<String, List<String>> SYNONYMS = new HashMap<>();
    /** Amounts that are expected, allowed or owed. */
    private static final java.util.Set<String> NOT_HAD = java.util.Set.of("outstanding", "due", "remaining", "owed", "limit", "min", "max",
            "minimum", "maximum", "unpaid", "estimated", "planned");
    private static final Map<String, List<String>> VERBS = new HashMap<>();

    static {
        same("salary", "wage", "pay", "earnings", "income");
        same("price", "cost");
        same("movie", "film");
        same("author", "writer");
        same("country", "nation");
        same("type", "kind", "category", "sort");
        same("sex", "gender");
        same("location", "place");
        same("employee", "worker", "staff");
        same("customer", "client");
        same("company", "firm", "business");
        same("car", "vehicle", "automobile");
        same("photo", "picture", "image");
        same("start", "begin", "beginning");
        same("end", "finish");
        same("grade", "mark", "score");
        same("description", "detail");
        same("college", "university", "school");
        same("physician", "doctor");
        same("student", "pupil");
        same("teacher", "instructor", "professor");
        same("song", "track");
        same("job", "occupation", "profession");
        same("role", "position");
        same("phone", "telephone");
        same("email", "mail");
        same("city", "town");
        same("date", "day");
        same("product", "item", "good");
        same("state", "province");
        same("zip", "postcode", "postal");
        same("id", "identifier");
        same("stock", "inventory");
        same("purchase", "order", "buy");
        same("revenue", "sale", "turnover");
        same("spouse", "wife", "husband");
        same("airline", "carrier");
        same("region", "area", "district");
        same("weight", "mass");
        same("team", "club", "squad");
        same("street", "road");
        same("amount", "quantity", "sum");
        same("point", "score");
        same("degree", "diploma");
        SYNONYMS.put("spending", List.of("amount", "total", "payment", "cost", "price"));
        SYNONYMS.put("expenditure", List.of("amount", "total", "payment", "cost", "price"));
        SYNONYMS.put("people", List.of("population", "person"));
        SYNONYMS.put("person", List.of("population"));
        SYNONYMS.put("inhabitant", List.of("population"));
        SYNONYMS.put("resident", List.of("population"));
        SYNONYMS.put("citizen", List.of("population"));
        SYNONYMS.put("nation", List.of("country", "nationality"));
        SYNONYMS.put("country", List.of("nation", "nationality"));
        SYNONYMS.put("headquarters", List.of("headquarter"));
        SYNONYMS.put("sale", List.of("revenue", "turnover", "order", "purchase"));
        SYNONYMS.put("birthday", List.of("birth", "date birth", "birth date"));
        SYNONYMS.put("birthdate", List.of("birth", "date birth", "birth date", "birthday"));

        verb("cost", "price", "cost", "fee", "charge");
        verb("weigh", "weight", "mass");
        verb("earn", "salary", "income", "earning", "wage");
        verb("make", "salary", "income");
        verb("paid", "payment", "amount", "salary");
        verb("last", "duration", "length");
        verb("born", "birth", "birthday");
        verb("score", "score", "point", "goal");
        verb("aged", "age");
        verb("old", "age");
        verb("found", "founded", "year", "established");
        verb("establish", "established", "founded", "year");
        verb("open", "open", "opening", "year");
        verb("built", "built", "year", "construction");
        verb("made", "year", "date");
        verb("releas", "release", "year", "date");
        verb("publish", "publish", "publication", "year", "date");
        verb("hire", "hire", "start", "date");
        verb("hold", "capacity");
        verb("measur", "height", "length", "size");
        verb("worth", "value", "worth", "price", "amount", "total");
        for (String spent : List.of("spend", "spent", "spending")) {
            verb(spent, "amount", "payment", "total", "cost", "price");
        }
        for (String earned : List.of("earned", "earning", "earns")) {
            verb(earned, "salary", "income", "earning", "wage", "revenue", "profit");
        }
        verb("pay", "payment", "amount", "salary", "total");
        verb("sold", "quantity", "unit", "sale", "amount");
        verb("sell", "quantity", "unit", "sale", "amount");
        verb("lent", "principal", "amount");
        verb("lend", "principal", "amount");
        verb("borrow", "principal", "amount");
        verb("invest", "investment", "amount");
        verb("deposit", "deposit", "amount");
        verb("donat", "donation", "amount");
        verb("live", "city", "address", "location");
    }

    /** The words of columns that say when something stopped being so, such as <i>open</i>; empty for others. */
    static List<String> ends(String state) {
        return switch (state) {
            case "open", "unresolved", "unfinished", "ongoing", "unclosed" -> List.of("closed", "close", "closing", "resolved", "resolution",
                    "end", "ended", "finished", "completed", "completion");
            default -> List.of();
        };
    }

    /** Words of what has left the stock. */
    static final java.util.Set<String> TRADED = java.util.Set.of("sold", "sell", "ordered", "order", "bought", "buy", "purchased", "shipped",
            "delivered", "returned");

    /** Whether a column tells what something costs, though it may be called after the unit that costs it. */
    static boolean priced(ColumnNode column) {
        return column.stems.contains("price") || column.stems.contains("cost");
    }

    /** Whether a column tells what is in stock. */
    static boolean stored(ColumnNode column) {
        return column.stems.contains("stock") || column.stems.contains("inventory");
    }

    /** The tables that people are kept in, likeliest first. */
    static final List<String> PEOPLE = List.of("employee", "staff", "worker", "person", "member", "customer", "client", "user", "patient",
            "student");

    /** All words of general English that are spoken of here. */
    static java.util.Set<String> words() {
        java.util.Set<String> words = new java.util.HashSet<>(SYNONYMS.keySet());
        SYNONYMS.values().forEach(words::addAll);
        ADJECTIVES.forEach((adjective, attributes) -> {
            words.add(adjective);
            attributes.forEach(attribute -> words.add(attribute.word()));
        });
        QUESTIONS.values().forEach(attributes -> attributes.forEach(attribute -> words.add(attribute.word())));
        return words;
    }

    private static void same(String... words) {
        for (String word : words) {
            List<String> others = new ArrayList<>(SYNONYMS.getOrDefault(word, List.of()));
            for (String other : words) {
                if (!other.equals(word)) {
                    others.add(other);
                }
            }
            SYNONYMS.put(word, others);
        }
    }

    private static void verb(String root, String... attributes) {
        VERBS.put(root, List.of(attributes));
    }

    private Concepts() {
    }

    /** Words of general English that can stand for a word; empty when none are known. */
    static List<String> synonyms(String stem) {
        return SYNONYMS.getOrDefault(stem, List.of());
    }

    /** Whether a word is a verb that speaks of an amount or another attribute. */
    static boolean measures(String word) {
        return !verbAttributes(word).isEmpty();
    }

    /** The words of columns that a verb speaks of, best first; empty for others. */
    static List<String> verbAttributes(String word) {
        String stem = Words.stem(word);
        return VERBS.getOrDefault(stem, VERBS.getOrDefault(Words.root(stem), List.of()));
    }

    /** The plainest column of a table that is called so and holds amounts that were really had; null when there is none. */
    static ColumnNode amount(String attribute, TableNode table) {
        ColumnNode best = null;
        for (ColumnNode column : table.columns) {
            if (column.stems.contains(attribute) && column.measure() && !column.year() && column.stems.stream().noneMatch(NOT_HAD::contains)
                    && (best == null || column.stems.size() < best.stems.size())) {
                best = column;
            }
        }
        return best;
    }

    /** The column of a table that a verb speaks of, such as the price of <i>costs</i>; null when there is none. */
    static ColumnNode verbColumn(String word, TableNode table) {
        for (String attribute : verbAttributes(word)) {
            for (ColumnNode column : table.columns) {
                if (column.stems.contains(attribute) && !column.identifier && !column.foreign) {
                    return column;
                }
            }
        }
        return null;
    }

    private static void adjective(String adjective, String... attributes) {
        List<Attribute> list = new ArrayList<>();
        for (String attribute : attributes) {
            list.add(new Attribute(attribute.substring(1), attribute.charAt(0) == '+'));
        }
        ADJECTIVES.put(adjective, list);
    }

    private static void question(String question, String... attributes) {
        List<Attribute> list = new ArrayList<>();
        for (String attribute : attributes) {
            list.add(new Attribute(attribute, true));
        }
        QUESTIONS.put(question, list);
    }

    static boolean adjective(String word) {
        return ADJECTIVES.containsKey(word);
    }

    static java.util.Set<String> adjectives() {
        return ADJECTIVES.keySet();
    }

    /** The attributes of an adjective, best first; empty for others. */
    static List<Attribute> attributes(String adjective) {
        return ADJECTIVES.getOrDefault(adjective, List.of());
    }

    /** The words of columns that a question such as <i>where</i> or <i>how old</i> asks for; empty for others. */
    static List<Attribute> asked(String question) {
        return QUESTIONS.getOrDefault(question, List.of());
    }

    /** The column of a table that an adjective speaks of, with its direction; null when there is none. */
    static Resolved resolve(String adjective, TableNode table) {
        for (Attribute attribute : attributes(adjective)) {
            ColumnNode best = null;
            for (ColumnNode column : table.columns) {
                if (column.stems.contains(attribute.word()) && (attribute.word().equals("id") || !column.foreign && !column.identifier)
                        && (best == null || column.stems.size() < best.stems.size())) {
                    best = column;
                }
            }
            if (best != null) {
                return new Resolved(best, attribute.descending());
            }
        }
        for (Attribute attribute : attributes(adjective)) {
            if (attribute.word().equals("date")) {
                return table.columns.stream().filter(column -> column.type.temporal() && BEGINNINGS.stream().anyMatch(column.stems::contains))
                        .findFirst().map(column -> new Resolved(column, attribute.descending())).orElse(null);
            }
        }
        return null;
    }

    /** A column and whether more of the adjective is a higher value of it. */
    record Resolved(ColumnNode column, boolean descending) {
    }
}
