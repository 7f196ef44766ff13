package io.dragoman.schema.format;

import io.dragoman.schema.ColumnDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.create.table.CheckConstraint;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.create.table.Index;

/** Reads the columns of {@code CREATE TABLE}. */
final class DdlColumns {

    private DdlColumns() {
    }

    static ColumnDefinition read(net.sf.jsqlparser.statement.create.table.ColumnDefinition column, DdlNames names) {
        List<String> words = words(column);
        boolean primaryKey = follows(words, "PRIMARY", "KEY");
        boolean nullable = !primaryKey && !follows(words, "NOT", "NULL");
        return new ColumnDefinition(names.plain(column.getColumnName()), type(column.getColDataType()),
                textAfter(column.getColumnSpecs(), "COMMENT"), nullable, primaryKey, List.of(), values(column, names),
                null);
    }

    /** The values that a check {@code column IN ('a', 'b')} allows, by column. */
    static Map<String, List<String>> allowedValues(Index index) {
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        if (index instanceof CheckConstraint check) {
            collect(check.getExpression(), allowed);
        }
        return allowed;
    }

    /** The text that follows a word, perhaps after an equals sign; null when there is none. */
    static String textAfter(List<String> words, String word) {
        List<String> all = words == null ? List.of() : words;
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i).equalsIgnoreCase(word)) {
                String next = all.get(i + 1).equals("=") && i + 2 < all.size() ? all.get(i + 2) : all.get(i + 1);
                return next.startsWith("'") ? unquoted(next) : null;
            }
        }
        return null;
    }

    private static String type(ColDataType type) {
        if (type == null) {
            return null;
        }
        String text = type.toString().replace(" (", "(");
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> values(net.sf.jsqlparser.statement.create.table.ColumnDefinition column,
            DdlNames names) {
        ColDataType type = column.getColDataType();
        if (type != null && type.getDataType().equalsIgnoreCase("enum") && type.getArgumentsStringList() != null) {
            return type.getArgumentsStringList().stream().filter(value -> value.startsWith("'"))
                    .map(DdlColumns::unquoted).toList();
        }
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        List<String> specs = column.getColumnSpecs() == null ? List.of() : column.getColumnSpecs();
        for (int i = 0; i + 1 < specs.size(); i++) {
            if (specs.get(i).equalsIgnoreCase("CHECK")) {
                collect(condition(specs.get(i + 1)), allowed);
            }
        }
        return allowed.entrySet().stream()
                .filter(entry -> names.plain(entry.getKey()).equals(names.plain(column.getColumnName())))
                .map(Map.Entry::getValue).findFirst().orElse(List.of());
    }

    /** The condition of a check; null when it is beyond the parser, as it only adds to what is known. */
    private static Expression condition(String text) {
        try {
            return CCJSqlParserUtil.parseCondExpression(text, false);
        } catch (JSQLParserException e) {
            return null;
        }
    }

    private static void collect(Expression expression, Map<String, List<String>> allowed) {
        Expression bare = expression;
        while (bare instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            bare = list.get(0);
        }
        if (bare instanceof InExpression in && !in.isNot() && in.getLeftExpression() instanceof Column column
                && in.getRightExpression() instanceof ExpressionList<?> list) {
            List<String> values = new ArrayList<>();
            for (Expression value : list) {
                if (value instanceof StringValue text) {
                    values.add(text.getNotExcapedValue());
                }
            }
            allowed.put(column.getColumnName(), values);
        }
    }

    private static List<String> words(net.sf.jsqlparser.statement.create.table.ColumnDefinition column) {
        List<String> specs = column.getColumnSpecs() == null ? List.of() : column.getColumnSpecs();
        return specs.stream().map(spec -> spec.toUpperCase(Locale.ROOT)).toList();
    }

    private static boolean follows(List<String> words, String first, String second) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(first) && i + 1 < words.size() && words.get(i + 1).equals(second)
                    || words.get(i).equals(first + " " + second)) {
                return true;
            }
        }
        return false;
    }

    private static String unquoted(String text) {
        return text.substring(1, Math.max(1, text.length() - 1)).replace("''", "'");
    }
}
