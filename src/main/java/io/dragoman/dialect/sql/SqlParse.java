package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.QueryLimits;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Reads a query's text into a tree. The tree or the finding is null.
 *
 * @param query   the text without surrounding blanks and comments, and without a semicolon at its end
 * @param text    the whole text that was parsed, which positions in the tree are of
 * @param moved   how that text came from the one that was given; null when it is the same
 * @param offsets columns that the text names in a way that the tree does not tell, lower case
 * @param select  the tree; null when there is none
 * @param first   the first token of the text; null when there is no tree
 * @param finding why there is none
 */
record SqlParse(String query, String text, FromFirst moved, Set<String> offsets, Select select, Token first,
        Finding finding) {

    /** Names of types that the parser takes for nothing else where a value begins. */
    private static final Set<String> TYPE_WORDS = Set.of("NUMBER", "BOOL", "MAP", "INT");
    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "FROM");

    static SqlParse of(String query, Lexis lexis, QueryLimits limits) {
        if (query == null || query.isBlank()) {
            return refused("", "SYNTAX_ERROR", Check.SYNTAX, "The query is empty", -1);
        }
        if (query.length() > limits.maxLength()) {
            return refused("", "QUERY_TOO_LONG", Check.SAFETY, "The query is longer than " + limits.maxLength()
                    + " characters", -1);
        }
        SqlText text = SqlText.scan(query, lexis, limits.maxTokens());
        if (text.finding() != null) {
            return new SqlParse(query, query, null, Set.of(), null, null, text.finding());
        }
        if (text.firstWord().equals("FROM") && lexis.has(Lexis.Habit.FROM_FIRST)) {
            FromFirst moved = FromFirst.of(text);
            SqlText usual = SqlText.scan(moved.text(), lexis, limits.maxTokens() + 10);
            return usual.finding() != null ? refused(query, "SYNTAX_ERROR", Check.SYNTAX, "The query cannot be read", -1)
                    : parse(moved.text(), usual, lexis, moved);
        }
        if (!READING.contains(text.firstWord())) {
            return refused(query, "NOT_A_QUERY", Check.SAFETY,
                    "Only SELECT, WITH and VALUES may be run, not " + text.firstWord(), -1);
        }
        return parse(query, text, lexis, null);
    }

    private static SqlParse parse(String query, SqlText text, Lexis lexis, FromFirst moved) {
        String masked = text.masked();
        CCJSqlParser parser = CCJSqlParserUtil.newParser(masked).withSquareBracketQuotation(lexis.has(Lexis.Habit.BRACKETS));
        ParserWatch.begin(parser);
        try {
            Token first = parser.getToken(1);
            Statement statement = parser.Statement();
            int mismatch = TokenCover.mismatch(masked, text.spans(), first);
            if (mismatch >= 0) {
                return refused(query, "SYNTAX_ERROR", Check.SYNTAX, "The query cannot be read from here on", mismatch);
            }
            return statement instanceof Select select ? new SqlParse(core(query, masked), query, moved, text.offsets(), select, first, null)
                    : refused(query, "NOT_A_QUERY", Check.SAFETY, "Only SELECT, WITH and VALUES may be run", -1);
        } catch (ParseException e) {
            return parser.interrupted ? refused(query, "QUERY_TOO_SLOW", Check.SAFETY,
                    "Reading the query takes too long. Write it with less nesting", -1) : syntaxError(query, e);
        } catch (TokenMgrException e) {
            return refused(query, "SYNTAX_ERROR", Check.SYNTAX, "The query has a character that SQL does not know", -1);
        } catch (StackOverflowError e) {
            return refused(query, "QUERY_TOO_DEEP", Check.SAFETY, "The query nests too deep", -1);
        } catch (RuntimeException e) {
            return refused(query, "SYNTAX_ERROR", Check.SYNTAX, "The query cannot be read", -1);
        } finally {
            ParserWatch.end(parser);
        }
    }

    private static String core(String query, String masked) {
        int end = masked.stripTrailing().length();
        return query.substring(masked.length() - masked.stripLeading().length(), end);
    }

    private static SqlParse syntaxError(String query, ParseException e) {
        Token token = e.currentToken == null ? null : e.currentToken.next == null ? e.currentToken : e.currentToken.next;
        if (token == null) {
            return refused(query, "SYNTAX_ERROR", Check.SYNTAX, "The query cannot be read", -1);
        }
        boolean atEnd = token.image == null || token.image.isEmpty();
        String last = token == e.currentToken || e.currentToken.image == null ? "" : e.currentToken.image;
        String before = !TYPE_WORDS.contains(last.toUpperCase(Locale.ROOT)) ? ""
                : "; '" + last + "' before it is read as a type, so name the column with its table, or in quotes";
        String message = (atEnd ? "The query ends too early" : "Unexpected '" + abbreviated(token.image) + "'") + before;
        return refused(query, "SYNTAX_ERROR", Check.SYNTAX, message, atEnd ? query.length() : token.absoluteBegin - 1);
    }

    private static String abbreviated(String image) {
        return image.length() > 40 ? image.substring(0, 40) + "…" : image;
    }

    private static SqlParse refused(String query, String code, Check check, String message, int offset) {
        Position position = offset < 0 ? null : Position.of(query, offset);
        return new SqlParse(query, query, null, Set.of(), null, null, new Finding(code, check, Severity.ERROR, message, position, null));
    }
}
