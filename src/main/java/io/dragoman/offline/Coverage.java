package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How much of a question a reading explains.
 *
 * @param share   from 0 to 1: the weighted share of the content words that stand for something
 * @param unknown the content words that nothing explains and that are more than filling
 */
record Coverage(double share, List<String> unknown) {

    /** Below this share a question is not answered. Calibrated so that about one right answer in a hundred is lost. */
    static final double ENOUGH = 0.56;

    private static final double FILLING = 0.2;
    private static final double PROPER = 1.4;

    /** Verbs and general words that say little beside what they connect. */
    private static final Set<String> LIGHT = Set.of("live", "belong", "record", "correspond", "time", "among", "amongst", "use", "exist",
            "available", "well", "serve", "make", "database", "word", "teach", "hold", "go", "out", "result", "value", "information",
            "work", "only", "take", "offer", "run", "fly", "table", "play", "write", "buy", "own", "attend", "participate", "appear",
            "happen", "occur", "come", "get", "give", "cover", "charge", "spend", "earn", "pay", "cost", "produce", "provide", "contain",
            "include", "suffer", "receive", "become", "ever", "yet", "just", "actually", "once", "together", "respective", "row", "entry",
            "data", "item", "thing", "one", "member", "amount", "number", "list", "case", "order", "detail", "group", "sell", "made",
            "held", "written", "taught", "taken", "took", "bought", "got", "won", "spent", "given", "sold", "began", "done", "wrote", "went",
            "gave", "came", "brought", "ran", "flew", "paid", "known", "chosen", "led", "lead", "win", "join", "start", "begin", "end", "stay", "visit", "apply",
            "report", "associate", "relate", "instance", "everybody", "everyone", "someone", "anyone", "ones", "usd", "dollar", "euro", "year",
            "much", "many", "far", "still", "currently", "previously", "ago", "total", "overall", "kind", "sort", "actual", "full", "complete",
            "want", "need", "like", "know", "see", "compute", "calculate", "distribution", "breakdown", "carry", "keep", "money", "specific", "certain", "particular");

    static Coverage of(List<Token> tokens, Reading reading) {
        return of(tokens, reading, Set.of());
    }

    /** The same, where some words were made use of though nothing is called by them. */
    static Coverage of(List<Token> tokens, Reading reading, Set<Link> used) {
        double all = 0;
        double explained = 0;
        List<String> unknown = new ArrayList<>();
        for (Link unit : reading.units()) {
            for (int i = unit.start(); i < unit.end(); i++) {
                Token token = tokens.get(i);
                if (!token.content() || Words.stop(token.lower())) {
                    continue;
                }
                if (used.contains(unit)) {
                    all += 1;
                    explained += 1;
                } else if (unit.kind() == Kind.WORD) {
                    boolean light = light(token);
                    boolean proper = token.capital() && i > 0 && !light;
                    all += light ? FILLING : proper ? PROPER : 1;
                    if (!light) {
                        unknown.add(token.text());
                    }
                } else if (unit.schema()) {
                    all += 1;
                    explained += Math.min(1, 0.3 + unit.score() / (unit.end() - unit.start()));
                } else {
                    double weight = unit.kind() == Kind.TEXT ? 1 : 0.3;
                    all += weight;
                    explained += unit.kind() == Kind.TEXT ? 0.6 : weight;
                }
            }
        }
        return new Coverage(all == 0 ? 0 : Math.min(1, explained / all), unknown);
    }

    static Set<String> lightWords() {
        return LIGHT;
    }

    /** Whether a word says something of its own, beside those that only fill. */
    static boolean telling(Token token) {
        return token.content() && !Words.stop(token.lower()) && !light(token);
    }

    private static boolean light(Token token) {
        String word = token.lower();
        return LIGHT.contains(word) || LIGHT.contains(token.stem()) || word.length() <= 2
                || word.length() > 4 && (word.endsWith("ed") || word.endsWith("ing") && !token.capital()) || word.length() > 5 && word.endsWith("ly");
    }
}
