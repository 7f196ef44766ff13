package io.dragoman.offline.intent;

import java.util.List;
import java.util.Set;

/** Questions about tables and columns themselves. */
final class SchemaQuestions {

    private static final Set<String> PARTS = Set.of("tables", "columns", "fields", "schema", "schemas", "databases",
            "relationships", "attributes", "relations", "views", "collections");
    private static final Set<String> WHOLES = Set.of("table", "schema", "database", "columns", "tables", "structure",
            "model", "fields", "column", "relationships");
    private static final List<String> BARE = List.of("tables", "schema", "the schema", "columns", "list tables",
            "show tables", "list all tables", "what data do you have", "what data is there", "what data is available",
            "what data can i query", "what data can i ask about", "what do you know", "what information do you have",
            "what can i query", "what is in the database", "whats in the database", "what is in this database",
            "what is in the data", "what do you have");
    private static final List<String> ENDINGS = List.of("are there", "are available", "do you have", "do you know",
            "exist", "can i query", "can i ask about", "are in", "does", "do", "is in", "has", "have", "of", "in", "for",
            "are stored", "are defined", "can i use", "are part of", "belong to", "available");

    private SchemaQuestions() {
    }

    /** Whether the request is about the schema and not about rows. */
    static boolean about(Sentence request) {
        if (request.isAny(BARE)) {
            return true;
        }
        String first = request.at(0);
        if (first.equals("describe") || first.equals("explain")) {
            boolean named = request.words().stream().anyMatch(WHOLES::contains);
            return named || first.equals("describe") && request.size() <= 4;
        }
        return asksForParts(request) || asksForContents(request) || asksHowRelated(request);
    }

    /** "what tables are there", "list the columns of trade", "which columns does trade have". */
    private static boolean asksForParts(Sentence request) {
        String first = request.at(0);
        boolean asks = Set.of("what", "which", "list", "show", "give", "name", "display", "how", "tell", "get", "are")
                .contains(first);
        int at = 1;
        while (Set.of("me", "all", "the", "of", "many", "are", "about", "available", "existing", "there", "any", "table")
                .contains(request.at(at))) {
            at++;
        }
        boolean named = PARTS.contains(request.at(at)) || PARTS.contains(request.at(at + 1)) && request.size() <= at + 2;
        if (!asks || !named) {
            return !asks && PARTS.contains(first) && Set.of("of", "in", "for").contains(request.at(1));
        }
        int behind = PARTS.contains(request.at(at)) ? at + 1 : at + 2;
        return request.size() == behind || request.beginsAny(behind, ENDINGS);
    }

    /** "what is in the orders table", "what does the orders table contain", "what does the column vwap mean". */
    private static boolean asksForContents(Sentence request) {
        if (!request.at(0).equals("what") && !request.at(0).equals("whats")) {
            return request.begins(0, "schema of") || request.begins(0, "structure of")
                    || request.beginsAny(0, List.of("show me the schema", "show the schema", "show schema",
                            "show me the structure", "show the structure", "give me the schema"));
        }
        boolean table = request.words().stream().anyMatch(WHOLES::contains);
        boolean contains = request.contains("contain") || request.contains("contains") || request.contains("mean")
                || request.contains("look like") || request.begins(1, "is in") || request.begins(0, "whats in")
                || request.contains("stand for");
        boolean isSchema = request.begins(1, "is the schema") || request.begins(1, "is the structure")
                || request.begins(1, "is the meaning of the column");
        return isSchema || table && contains && request.size() <= 10;
    }

    /** "how are orders and customers related", "how is trade linked to quote". */
    private static boolean asksHowRelated(Sentence request) {
        boolean how = request.begins(0, "how are") || request.begins(0, "how is") || request.begins(0, "how do")
                || request.begins(0, "how does");
        return how && request.size() <= 12 && request.words().stream().anyMatch(Set.of("related", "linked", "connected",
                "joined", "relate", "connect", "join")::contains);
    }
}
