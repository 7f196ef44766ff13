package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * <i>How much did we sell</i>, <i>how much money came in</i>: what comes in, which a curator's term such as <i>revenue</i> defines, else
 * the amounts that were really paid, never the price that one piece has.
 */
final class HowMuch {

    /** What money does that comes in. */
    private static final Set<String> INCOME = Set.of("sell", "sold", "make", "made", "earn", "earned", "come", "came", "take", "took", "bring",
            "brought", "generate", "generated", "gross", "grossed", "collect", "collected");
    /** What else is done with money. */
    private static final Set<String> PAID = Set.of("pay", "paid", "spend", "spent", "receive", "received", "charged", "billed", "invoiced",
            "transferred", "donate", "donated", "owe");
    private static final Set<String> TERMS = Set.of("revenue", "sale", "turnover", "income", "earnings", "earning", "takings");
    private static final Set<String> AMOUNTS = Set.of("amount", "total", "subtotal", "payment", "paid", "revenue", "donation");
    private static final double DEFINED = 1.6;

    private HowMuch() {
    }

    /** Whether the words are followed by the noun of which so much is asked for: <i>how much revenue</i>. */
    static boolean ofNoun(List<Token> tokens, int next) {
        return next < tokens.size() && tokens.get(next).word() && !Words.stop(tokens.get(next).lower()) && !tokens.get(next).is("money")
                && !Concepts.measures(tokens.get(next).lower()) && !flows(tokens.get(next));
    }

    /** Whether money that flows is asked for: then no price answers, where an amount is kept. */
    static boolean flows(List<Token> tokens, List<TableLexicon> tables) {
        return tokens.stream().anyMatch(HowMuch::flows) && tables.stream().flatMap(one -> one.table.columns.stream())
                .anyMatch(column -> column.measure() && !Concepts.priced(column) && column.core.stream().anyMatch(AMOUNTS::contains));
    }

    private static boolean flows(Token token) {
        return INCOME.contains(token.lower()) || PAID.contains(token.lower());
    }

    /** The curators' term for what comes in, in place of <i>how much</i> or <i>how much money</i>. */
    static List<Link> terms(List<Token> tokens, int start, Glossary glossary) {
        boolean asks = tokens.get(start).is("how") && start + 1 < tokens.size() && tokens.get(start + 1).is("much")
                && tokens.stream().anyMatch(token -> INCOME.contains(token.lower())) && !ofNoun(tokens, start + 2);
        List<Link> found = new ArrayList<>();
        int end = asks && start + 2 < tokens.size() && tokens.get(start + 2).is("money") ? start + 3 : start + 2;
        for (String term : asks ? TERMS : Set.<String>of()) {
            Defined defined = glossary.get(term);
            if (defined != null && defined.predicate() == null && defined.aggregate()) {
                found.add(new Link(start, end, Kind.DIRECTIVE, defined.tables().get(0), null, term, null, DEFINED));
            }
        }
        return found.size() == 1 ? found : List.of();
    }
}
