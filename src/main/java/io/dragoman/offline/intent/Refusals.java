package io.dragoman.offline.intent;

import io.dragoman.offline.intent.Intent.Type;
import java.util.List;
import java.util.Set;

/** Requests that are out of scope: to change data, or about something else than data. */
final class Refusals {

    /** Verbs that only ever change data. */
    private static final Set<String> CHANGES = Set.of("delete", "drop", "insert", "update", "truncate", "alter", "erase",
            "wipe", "purge", "overwrite", "grant", "revoke", "rename", "destroy", "upsert", "vacuum", "reindex");
    /** Verbs that change data, or the question before. */
    private static final Set<String> MAYBE_CHANGES = Set.of("create", "add", "remove", "set", "modify", "change", "edit",
            "replace", "increase", "decrease", "raise", "lower", "merge", "move", "cancel", "clear", "store", "save",
            "register", "reset", "disable", "enable", "lock", "kill", "shutdown", "shut");
    /** What the question before has, and tables have not. */
    private static final Set<String> PARTS_OF_A_QUESTION = Set.of("filter", "filters", "limit", "condition", "conditions",
            "grouping", "sort", "sorting", "ordering", "column", "columns", "restriction", "list", "report", "summary",
            "chart", "graph", "overview", "breakdown", "view", "result", "results", "ranking", "query", "histogram",
            "duplicates", "period", "window", "range", "plot", "comparison", "average", "total", "count", "sum");
    private static final Set<String> OBJECTS = Set.of("table", "all", "the", "them", "it", "from", "every", "everything",
            "database", "into", "those", "these", "rows", "records", "data");
    private static final List<String> ELSEWHERE = List.of("write me a poem", "write a poem", "a poem", "poem about", "haiku",
            "tell me a joke", "tell a joke", "a joke", "tell me a story", "write a story", "write an essay", "write me an",
            "sing a song", "sing me", "write a song", "song about", "translate this", "translate the", "translate into",
            "recipe for", "how to cook", "meaning of life", "weather like", "weather today", "weather tomorrow",
            "capital of", "president of", "write a python", "write python", "write a program", "write java", "write code",
            "write a letter", "write an email", "write me a letter", "write me an email", "play a game", "who won the",
            "ignore all previous instructions", "ignore previous instructions", "ignore your instructions",
            "ignore the above", "system prompt", "your instructions", "do you love", "what time is it", "do my homework",
            "roleplay", "pretend to be", "pretend you are");

    private Refusals() {
    }

    /** Why the request is out of scope; null when it is not. */
    static Intent check(Sentence request, boolean followUp) {
        if (changes(request, followUp)) {
            return new Intent(Type.OUT_OF_SCOPE, false, 0.9,
                    "It asks to change data. Only reading is possible here: ask what the data is instead.");
        }
        if (request.containsAny(ELSEWHERE)) {
            return new Intent(Type.OUT_OF_SCOPE, false, 0.85,
                    "It is not a question about the data of a database, and only such questions can be answered here.");
        }
        return null;
    }

    private static boolean changes(Sentence request, boolean followUp) {
        String verb = request.at(0);
        boolean aboutTheQuestion = request.words().stream().limit(8).anyMatch(PARTS_OF_A_QUESTION::contains);
        if (CHANGES.contains(verb)) {
            boolean idiom = request.begins(0, "update me") || verb.equals("drop") && aboutTheQuestion && followUp;
            return request.size() > 1 && !idiom && !request.begins(1, "rate") && !request.begins(1, "count");
        }
        if (MAYBE_CHANGES.contains(verb)) {
            boolean creates = verb.equals("create") || verb.equals("store") || verb.equals("save");
            return request.size() > 1 && !request.at(1).equals("of") && !aboutTheQuestion && (creates || !followUp);
        }
        for (int i = 1; i < request.size(); i++) {
            boolean joined = request.at(i - 1).equals("and") || request.at(i - 1).equals("then")
                    || request.at(i - 1).equals(";") || request.at(i - 1).equals("to");
            if (joined && CHANGES.contains(request.at(i)) && (OBJECTS.contains(request.at(i + 1))
                    || request.at(i - 1).equals(";"))) {
                return true;
            }
        }
        return false;
    }
}
