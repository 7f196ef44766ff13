package io.dragoman.dialect.sql;

import io.dragoman.dialect.WordList;
import java.util.HashMap;
import java.util.Map;

/** The functions that queries of one database may call, each with how its arguments are bounded. */
final class FunctionList {

    /** A function without bound. */
    static final String FREE = "";
    /** A bound that {@link FunctionBounds} knows by the function's name. */
    static final String OWN = "own";

    private final Map<String, String> bounds = new HashMap<>();

    FunctionList(String resource) {
        for (String word : WordList.read(FunctionList.class, resource)) {
            int mark = word.indexOf('!');
            String bound = mark < 0 ? FREE : mark == word.length() - 1 ? OWN : word.substring(mark + 1);
            bounds.put(mark < 0 ? word : word.substring(0, mark), bound);
        }
    }

    /** How the function's arguments are bounded; null when it may not be called. */
    String bound(String name) {
        return bounds.get(name);
    }
}
