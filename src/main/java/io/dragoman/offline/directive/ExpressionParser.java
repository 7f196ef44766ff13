package io.dragoman.offline.directive;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A recursive-descent parser of measures and conditions, in the SQL spelling that curators know. */
final class ExpressionParser {

    private static final int DEEPEST = 60;
    private static final Set<String> COMPARISONS = Set.of("=", "==", "<>", "!=", "<", "<=", ">", ">=");
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "like", "between", "distinct",
            "filter", "where", "null", "select", "from", "case", "when", "then", "else", "end", "union", "interval");
    private static final Map<String, TimeUnit> UNITS = Map.of("day", TimeUnit.DAY, "week", TimeUnit.WEEK, "month",
            TimeUnit.MONTH, "quarter", TimeUnit.QUARTER, "year", TimeUnit.YEAR, "hour", TimeUnit.HOUR, "minute",
            TimeUnit.MINUTE);

    private final List<Symbol> symbols;
    private int at;
    private int depth;

    ExpressionParser(String expression) {
        this.symbols = Symbol.read(expression);
    }

    /** The tree of the whole text. */
    Node parse() {
        Node node = either();
        if (peek().kind() != Symbol.Kind.END) {
            throw unexpected();
        }
        return node;
    }

    private Node either() {
        if (++depth > DEEPEST) {
            throw new InvalidExpressionException("The expression is nested more than " + DEEPEST + " deep.",
                    peek().offset(), null);
        }
        Node left = all();
        while (peek().is("or")) {
            int offset = next().offset();
            left = new Node.Binary("or", left, all(), offset);
        }
        depth--;
        return left;
    }

    private Node all() {
        Node left = term();
        while (peek().is("and")) {
            int offset = next().offset();
            left = new Node.Binary("and", left, term(), offset);
        }
        return left;
    }

    private Node term() {
        int offset = peek().offset();
        int negations = 0;
        while (peek().is("not")) {
            next();
            negations++;
        }
        Node term = condition();
        return negations % 2 == 1 ? new Node.Not(term, offset) : term;
    }

    private Node condition() {
        Node left = sum();
        Symbol symbol = peek();
        if (symbol.kind() == Symbol.Kind.OPERATOR && COMPARISONS.contains(symbol.text())) {
            next();
            return new Node.Binary(symbol.text(), left, sum(), symbol.offset());
        }
        if (symbol.is("is")) {
            next();
            boolean not = take("not");
            expect("null", "After 'is' stands 'null' or 'not null'.");
            Node missing = new Node.IsNull(left, symbol.offset());
            return not ? new Node.Not(missing, symbol.offset()) : missing;
        }
        boolean not = symbol.is("not");
        if (not) {
            next();
        }
        Node tested = tested(left, symbol.offset());
        if (tested == null) {
            if (not) {
                throw unexpected();
            }
            return left;
        }
        return not ? new Node.Not(tested, symbol.offset()) : tested;
    }

    private Node tested(Node left, int offset) {
        if (take("in")) {
            expect("(", "After 'in' stands a list in parentheses, such as ('a', 'b').");
            List<Node> values = new ArrayList<>();
            do {
                values.add(sum());
            } while (take(","));
            close();
            return new Node.In(left, values, offset);
        }
        if (take("between")) {
            Node low = sum();
            expect("and", "Between two bounds stands 'and'.");
            return new Node.Between(left, low, sum(), offset);
        }
        if (take("like")) {
            Symbol pattern = next();
            if (pattern.kind() != Symbol.Kind.TEXT) {
                throw new InvalidExpressionException("After 'like' stands a text in quotes, such as 'A%'.",
                        pattern.offset(), null);
            }
            return new Node.Like(left, pattern.text(), offset);
        }
        return null;
    }

    private Node sum() {
        Node left = product();
        while (peek().is("+") || peek().is("-")) {
            Symbol operator = next();
            Node right = product();
            left = moved(new Node.Binary(operator.text(), left, right, operator.offset()));
        }
        return left;
    }

    /** {@code today - 90} is a time, not arithmetic. */
    private Node moved(Node.Binary binary) {
        if (!(binary.left() instanceof Node.Present present)) {
            return binary;
        }
        TimeUnit unit = present.moment() ? null : TimeUnit.DAY;
        int amount;
        if (binary.right() instanceof Node.Text interval) {
            String[] parts = interval.text().trim().toLowerCase(Locale.ROOT).split("\\s+");
            unit = parts.length == 2 ? unit(parts[1]) : null;
            amount = whole(parts[0], binary.right());
        } else if (binary.right() instanceof Node.Number number) {
            amount = whole(number.text(), binary.right());
            if (unit(peek().lower()) != null) {
                unit = unit(next().lower());
            }
        } else {
            throw new InvalidExpressionException("A time is moved by a number of days, such as 'today - 90'.",
                    binary.right().offset(), null);
        }
        if (unit == null || present.unit() != null && present.unit() != unit) {
            throw new InvalidExpressionException("Say how far, such as 'now - 3 hours'.", binary.right().offset(), null);
        }
        return new Node.Present(present.moment(), present.amount() + (binary.operator().equals("-") ? -amount : amount),
                unit, present.offset());
    }

    private static TimeUnit unit(String word) {
        return UNITS.get(word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
    }

    private static int whole(String text, Node at) {
        try {
            int value = Integer.parseInt(text);
            if (value <= 100_000) {
                return value;
            }
        } catch (NumberFormatException notWhole) {
            // said below, as for numbers that are too large
        }
        throw new InvalidExpressionException("'" + text + "' is no whole number up to 100000.", at.offset(), null);
    }

    private Node product() {
        Node left = signed();
        while (peek().is("*") || peek().is("/")) {
            Symbol operator = next();
            left = new Node.Binary(operator.text(), left, signed(), operator.offset());
        }
        return left;
    }

    private Node signed() {
        if (!peek().is("-")) {
            return primary();
        }
        int offset = next().offset();
        Node node = primary();
        return node instanceof Node.Number number ? new Node.Number("-" + number.text(), offset)
                : new Node.Binary("-", new Node.Number("0", offset), node, offset);
    }

    private Node primary() {
        Symbol symbol = next();
        switch (symbol.kind()) {
            case NUMBER:
                return new Node.Number(symbol.text(), symbol.offset());
            case TEXT:
                return new Node.Text(symbol.text(), symbol.offset());
            case NAME:
            case QUOTED_NAME:
                return named(symbol);
            default:
                break;
        }
        if (symbol.is("(")) {
            Node inner = either();
            close();
            return inner;
        }
        throw unexpected(symbol);
    }

    private Node named(Symbol symbol) {
        if (symbol.kind() == Symbol.Kind.NAME) {
            String word = symbol.lower();
            if (word.equals("true") || word.equals("false")) {
                return new Node.Truth(word.equals("true"), symbol.offset());
            }
            boolean call = peek().is("(");
            if (!call && (word.equals("today") || word.equals("current_date") || word.equals("now")
                    || word.equals("current_timestamp"))) {
                return new Node.Present(word.equals("now") || word.equals("current_timestamp"), 0, null, symbol.offset());
            }
            if (word.equals("interval") && peek().kind() == Symbol.Kind.TEXT) {
                return new Node.Text(next().text(), symbol.offset());
            }
            if (call) {
                return function(symbol);
            }
            if (RESERVED.contains(word)) {
                throw unexpected(symbol);
            }
        }
        List<String> parts = new ArrayList<>(List.of(symbol.text()));
        while (take(".")) {
            Symbol part = next();
            if (part.kind() != Symbol.Kind.NAME && part.kind() != Symbol.Kind.QUOTED_NAME) {
                throw new InvalidExpressionException("After a dot stands a name.", part.offset(), null);
            }
            parts.add(part.text());
        }
        String table = parts.size() == 1 ? null : String.join(".", parts.subList(0, parts.size() - 1));
        return new Node.Name(table, parts.get(parts.size() - 1), symbol.offset());
    }

    private Node function(Symbol name) {
        next();
        if (name.is("now") || name.is("current_date") || name.is("today")) {
            close();
            return new Node.Present(name.is("now"), 0, null, name.offset());
        }
        boolean distinct = take("distinct");
        List<Node> arguments = new ArrayList<>();
        boolean star = peek().is("*") && symbols.get(at + 1).is(")");
        if (star) {
            next();
        } else if (!peek().is(")")) {
            do {
                arguments.add(either());
            } while (take(","));
        }
        close();
        Node filter = null;
        if (take("filter")) {
            expect("(", "After 'filter' stands '(where …)'.");
            expect("where", "After 'filter' stands '(where …)'.");
            filter = either();
            close();
        }
        return new Node.Function(name.lower(), arguments, distinct, star, filter, name.offset());
    }

    private Symbol peek() {
        return symbols.get(at);
    }

    private Symbol next() {
        Symbol symbol = symbols.get(at);
        if (symbol.kind() != Symbol.Kind.END) {
            at++;
        }
        return symbol;
    }

    private boolean take(String text) {
        if (peek().is(text)) {
            next();
            return true;
        }
        return false;
    }

    private void close() {
        expect(")", "Here a ')' is missing.");
    }

    private void expect(String text, String message) {
        if (!take(text)) {
            throw new InvalidExpressionException(message, peek().offset(), null);
        }
    }

    private InvalidExpressionException unexpected() {
        return unexpected(peek());
    }

    private static InvalidExpressionException unexpected(Symbol symbol) {
        return new InvalidExpressionException(symbol.kind() == Symbol.Kind.END ? "The expression ends too early."
                : "'" + symbol.text() + "' has no meaning here.", symbol.offset(), null);
    }
}
