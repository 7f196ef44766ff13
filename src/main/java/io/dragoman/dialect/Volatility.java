package io.dragoman.dialect;

import io.dragoman.dialect.QueryFeatures.Token;
import io.dragoman.dialect.QueryFeatures.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells queries that may give other rows over the same data: those that read the clock, the session or a source of randomness.
 * It rather says so of one too many, such as one with a column that is called {@code today}.
 */
public final class Volatility {

    private static final Set<String> WORDS = Set.of("now", "current_timestamp", "current_date", "current_time",
            "current_datetime", "localtime", "localtimestamp", "transaction_timestamp", "statement_timestamp", "clock_timestamp",
            "timeofday", "sysdate", "systimestamp", "getdate", "curdate", "curtime", "utc_date", "utc_time", "utc_timestamp",
            "unix_timestamp", "today", "get_current_timestamp", "get_current_time", "age", "random", "rand", "setseed", "uuid",
            "uuidv4", "uuidv7", "gen_random_uuid", "generate_uuid", "newid", "current_user", "session_user", "current_role",
            "current_setting", "connection_id", "tablesample", "sample", "bernoulli", "reservoir");
    /** SQLite's functions of time, which mean the present one when they are given no time. */
    private static final Set<String> WITHOUT_TIME = Set.of("date", "time", "datetime", "julianday", "unixepoch", "strftime");
    private static final Set<String> TEXTS = Set.of("now", "today", "tomorrow", "yesterday");
    private static final String SYSTEM = ".z.";
    private static final String ROLL = "?";

    private Volatility() {
    }

    /** Whether a query in that language, made of this, may give other rows the next time; also when nothing is known of it. */
    public static boolean of(QueryFeatures features, Dialect dialect) {
        List<Token> tokens = features.tokens();
        boolean q = dialect.name().equals("q");
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String text = token.text().toLowerCase(Locale.ROOT);
            boolean varies = switch (token.kind()) {
                case STRING -> TEXTS.contains(text.strip());
                case KEYWORD, IDENTIFIER -> WORDS.contains(text) || q && text.startsWith(SYSTEM)
                        || WITHOUT_TIME.contains(text) && withoutTime(tokens, i + 1);
                case SYMBOL -> q && text.contains(ROLL);
                case NUMBER -> false;
            };
            if (varies) {
                return true;
            }
        }
        return tokens.isEmpty();
    }

    /** Whether a list of arguments, which begins there, is empty or a lone format. */
    private static boolean withoutTime(List<Token> tokens, int from) {
        return is(tokens, from, "(") && (is(tokens, from + 1, ")")
                || from + 1 < tokens.size() && tokens.get(from + 1).kind() == Kind.STRING && is(tokens, from + 2, ")")
                        && tokens.get(from + 1).text().indexOf('%') >= 0);
    }

    private static boolean is(List<Token> tokens, int at, String symbol) {
        return at < tokens.size() && tokens.get(at).text().equals(symbol);
    }
}
