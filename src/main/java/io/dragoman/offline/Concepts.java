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
    }

    private Concepts() {
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
        return null;
    }

    /** A column and whether more of the adjective is a higher value of it. */
    record Resolved(ColumnNode column, boolean descending) {
    }
}
