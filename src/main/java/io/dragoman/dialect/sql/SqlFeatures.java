package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryFeatures;
import io.dragoman.dialect.QueryFeatures.Complexity;
import io.dragoman.dialect.QueryFeatures.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;

/**
 * Reads off a tree what a query is made of. Every node is visited, so that a table or column in a clause that name
 * resolution does not know still counts as read.
 */
final class SqlFeatures {

    private final SqlReads reads;
    private final Set<Integer> names = new HashSet<>();
    private final List<Runnable> unresolved = new ArrayList<>();
    private int joins;
    private int selects;
    private int setOperations;
    private int depth;

    private record Visit(Object value, int depth) {
    }

    private SqlFeatures(SqlReads reads) {
        this.reads = reads;
    }

    /** The features of a safe query whose names were resolved. */
    static QueryFeatures of(SqlParse parse, SqlReads reads) {
        SqlFeatures features = new SqlFeatures(reads);
        features.walk(parse.select());
        features.unresolved.forEach(Runnable::run);
        FromFirst moved = parse.moved();
        return new QueryFeatures(reads.tables(moved), reads.columns(moved), features.tokens(parse.first(), moved),
                new Complexity(features.joins, Math.max(0, features.selects - 1 - features.setOperations),
                        features.setOperations, Math.max(1, features.depth)));
    }

    private void walk(Select root) {
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit(root, 0));
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            if (visit.value() == null) {
                continue;
            }
            int level = visit.depth() + (leaf(visit.value()) ? 1 : 0);
            depth = Math.max(depth, level);
            count(visit.value());
            if (!(visit.value() instanceof Column || visit.value() instanceof Table
                    || visit.value() instanceof AllTableColumns)) {
                SqlReads.within(visit.value()).forEach(child -> open.push(new Visit(child, level)));
            }
        }
    }

    /** A SELECT or VALUES itself, not the parentheses or the set operation around it. */
    private static boolean leaf(Object value) {
        return value instanceof Select && !(value instanceof ParenthesedSelect) && !(value instanceof SetOperationList);
    }

    private void count(Object node) {
        if (leaf(node)) {
            selects += node instanceof PlainSelect ? 1 : 0;
        } else if (node instanceof Join) {
            joins++;
        } else if (node instanceof SetOperationList list) {
            setOperations += list.getSelects().size() - 1;
        } else if (node instanceof Column column) {
            names.add(SyntaxTree.offset(column));
            if (!reads.saw(column)) {
                unresolved.add(() -> reads.unresolved(column, SqlNames.folded(column.getColumnName())));
            }
        } else if (node instanceof Table table) {
            names.add(SyntaxTree.offset(table));
            if (!reads.saw(table)) {
                reads.unresolved(String.join(".", SqlNames.parts(table.getFullyQualifiedName()).stream()
                        .map(SqlNames::unquoted).toList()), table);
            }
        } else if (node instanceof AllColumns && !reads.saw(node)) {
            unresolved.add(() -> reads.all(node));
        } else if (node instanceof DateUnitExpression unit) {
            String name = unit.toString().toLowerCase(Locale.ROOT);
            unresolved.add(() -> reads.unresolved(unit, name));
        } else if (node instanceof Function function) {
            names.add(SyntaxTree.offset(function));
        }
    }

    private List<QueryFeatures.Token> tokens(Token first, FromFirst moved) {
        List<QueryFeatures.Token> tokens = new ArrayList<>();
        boolean name = false;
        Token before = null;
        for (Token token = first; token != null && token.absoluteEnd > token.absoluteBegin; token = token.next) {
            int offset = token.absoluteBegin - 1;
            boolean continued = name && (token.image.equals(".") || before.image.equals("."));
            name = names.contains(offset) || continued;
            boolean alias = before != null && before.image.equalsIgnoreCase("AS")
                    && (token.next == null || !token.next.image.equals("("));
            tokens.add(token(token, moved == null ? offset : moved.original(offset), name || alias));
            before = token;
        }
        return tokens;
    }

    private static QueryFeatures.Token token(Token token, int offset, boolean name) {
        String image = token.image;
        return switch (token.kind) {
            case CCJSqlParserConstants.S_CHAR_LITERAL, CCJSqlParserConstants.S_DOLLAR_QUOTED_STRING ->
                    new QueryFeatures.Token(Kind.STRING, constant(image), offset);
            case CCJSqlParserConstants.S_QUOTED_IDENTIFIER ->
                    new QueryFeatures.Token(Kind.IDENTIFIER, SqlNames.unquoted(image), offset);
            case CCJSqlParserConstants.S_IDENTIFIER -> new QueryFeatures.Token(Kind.IDENTIFIER, image, offset);
            default -> {
                char c = image.isEmpty() ? ' ' : image.charAt(0);
                Kind kind = Character.isDigit(c) || c == '.' && image.length() > 1 ? Kind.NUMBER
                        : !Character.isLetter(c) && c != '_' ? Kind.SYMBOL : name ? Kind.IDENTIFIER : Kind.KEYWORD;
                yield new QueryFeatures.Token(kind, image, offset);
            }
        };
    }

    private static String constant(String image) {
        int quote = image.indexOf('\'');
        if (quote < 0 || image.length() < quote + 2) {
            int tag = image.startsWith("$") ? image.indexOf('$', 1) + 1 : 0;
            return tag > 0 && image.length() >= 2 * tag ? image.substring(tag, image.length() - tag) : image;
        }
        return image.substring(quote + 1, image.length() - 1).replace("''", "'");
    }
}
