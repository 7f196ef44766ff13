package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.List;
import java.util.Set;

/**
 * Nouns that the schema does not have, in places where they carry the question's meaning: what is averaged, counted by, compared or
 * grouped by. An answer without them would be to another question.
 */
final class UnknownNouns {

    private static final Set<String> COMPARING = Set.of("compare", "compares", "differ", "differs", "vary", "varies", "correlate", "affect");

    private final List<Token> tokens;
    private final List<Link> units;

    UnknownNouns(List<Token> tokens, Reading reading) {
        this.tokens = tokens;
        this.units = reading.units();
    }

    /** Whether a unit leans on a noun of which nothing is known. */
    boolean at(Link unit) {
        int k = units.indexOf(unit);
        return switch (unit.kind()) {
            case AGGREGATE -> aggregated(k + 1);
            case EACH -> grouped(k + 1);
            case COMPARISON -> compared(k);
            case CLAUSE -> done(k);
            case TEXT -> k > 1 && unknown(k - 1) && units.get(k - 2).kind() == Kind.WORD && Words.stop(units.get(k - 2).text());
            case WORD -> totalled(k) || COMPARING.contains(unit.text()) && tokens.get(0).is("how") && tokens.size() > 1 && tokens.get(1).lower().startsWith("do");
            default -> false;
        };
    }

    /** <i>The average impact factor of …</i>. */
    private boolean aggregated(int from) {
        boolean unknown = false;
        for (int k = from; k < units.size(); k++) {
            Link unit = units.get(k);
            if (unit.kind() == Kind.WORD) {
                unknown |= unknown(k);
            } else if (!unit.is(Kind.TABLE)) {
                return unknown && unit.is(Kind.PREPOSITION);
            }
        }
        return false;
    }

    /** <i>Their total discount</i>, where totals of something else are kept. */
    private boolean totalled(int k) {
        Link before = k > 1 ? units.get(k - 1) : null;
        boolean total = before != null && before.end() - before.start() == 1 && (before.kind() == Kind.AGGREGATE || before.kind() == Kind.COLUMN && before.column().core.size() > 1)
                && tokens.get(before.start()).is("total");
        return total && unknown(k) && (k + 1 == units.size() || units.get(k + 1).is(Kind.STOP, Kind.COMMA, Kind.AND, Kind.EACH));
    }

    /** <i>For each author email</i>. */
    private boolean grouped(int from) {
        int k = from;
        while (k < units.size() && units.get(k).is(Kind.DISTINCT, Kind.TABLE)) {
            k++;
        }
        return k > from && k < units.size() && unknown(k) && (k + 1 == units.size() || units.get(k + 1).is(Kind.STOP, Kind.COMMA));
    }

    /** <i>More than 100 employees</i>, <i>a helpfulness score above 0.5</i>. */
    private boolean compared(int at) {
        boolean number = at + 1 < units.size() && units.get(at + 1).kind() == Kind.NUMBER;
        boolean counted = number && at + 2 < units.size() && unknown(at + 2) && plural(at + 2)
                && (at + 3 == units.size() || units.get(at + 3).is(Kind.STOP, Kind.COMMA));
        boolean measured = number && at > 1 && unknown(at - 1) && units.get(at - 2).kind() == Kind.WORD && unknown(at - 2);
        return counted || measured;
    }

    private boolean plural(int k) {
        Token token = tokens.get(units.get(k).start());
        return token.lower().endsWith("s") && !token.lower().equals(token.stem());
    }

    /** <i>That requires a reservation</i>. */
    private boolean done(int at) {
        int telling = 0;
        for (int k = at + 1; k < units.size() && units.get(k).kind() != Kind.STOP; k++) {
            if (units.get(k).kind() != Kind.WORD) {
                return false;
            }
            telling += unknown(k) ? 1 : 0;
        }
        return telling > 1;
    }

    private boolean unknown(int k) {
        return units.get(k).kind() == Kind.WORD && Coverage.telling(tokens.get(units.get(k).start()));
    }
}
