package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a quantity is worth: <i>total stock value by category</i> multiplies each quantity with the price of its row. Where there are several
 * prices it is asked back (<i>stock value at unit cost</i> says which); where there is none, the word is left over.
 */
final class StockValue {

    private static final Set<String> VALUE = Set.of("value", "worth", "valuation");
    private static final Set<String> QUANTITIES = Set.of("quantity", "qty", "stock", "inventory", "unit", "piece", "holding");

    private final Frame frame;
    private final List<Link> units;
    private final List<Token> tokens;

    private StockValue(Frame frame, List<Link> units, List<Token> tokens) {
        this.frame = frame;
        this.units = units;
        this.tokens = tokens;
    }

    static void of(Frame frame, List<Link> units, List<Token> tokens) {
        StockValue value = new StockValue(frame, units, tokens);
        for (int k = 0; k < units.size(); k++) {
            Link unit = units.get(k);
            boolean quantity = unit.kind() == Kind.COLUMN && unit.column().measure() && unit.column().stems.stream().anyMatch(QUANTITIES::contains)
                    && !priced(unit.column());
            int word = quantity ? value.word(k) : -1;
            if (word >= 0) {
                value.worth(k, word);
                return;
            }
        }
    }

    /** The word that asks for the value of the quantity at a unit; -1 for none. */
    private int word(int k) {
        if (k + 1 < units.size() && value(k + 1) && units.get(k + 1).start() == units.get(k).end()) {
            return k + 1;
        }
        int b = k - 1;
        boolean of = false;
        while (b >= 0 && (units.get(b).kind() == Kind.PREPOSITION || units.get(b).kind() == Kind.WORD && Words.stop(units.get(b).text()))) {
            of |= units.get(b).kind() == Kind.PREPOSITION;
            b--;
        }
        return of && b >= 0 && value(b) ? b : -1;
    }

    private boolean value(int k) {
        return units.get(k).kind() == Kind.WORD && VALUE.contains(units.get(k).text());
    }

    private void worth(int quantity, int word) {
        ColumnNode column = units.get(quantity).column();
        List<ColumnNode> prices = column.table.columns.stream().filter(other -> other.measure() && priced(other)).toList();
        List<Link> said = units.subList(Math.max(quantity, word) + 1, units.size()).stream().filter(unit -> unit.kind() == Kind.COLUMN
                && prices.contains(unit.column())).toList();
        if (said.size() == 1) {
            frame.targets.removeIf(target -> target.measure() != null && target.measure().column() == said.get(0).column());
        }
        if (prices.isEmpty()) {
            frame.unresolved.add(units.get(word));
        } else if (prices.size() > 1 && said.size() != 1) {
            String phrase = tokens.subList(units.get(Math.min(quantity, word)).start(), units.get(Math.max(quantity, word)).end()).stream()
                    .map(Token::text).reduce((a, b) -> a + " " + b).orElse("");
            List<String> choices = prices.stream().map(price -> phrase + " at " + price).toList();
            frame.asked = new Interpretation.Ambiguous("Which price is meant by '" + phrase + "': " + String.join(" or ", choices) + "?", phrase, choices);
        } else {
            multiplied(column, said.size() == 1 ? said.get(0).column() : prices.get(0), units.get(word));
        }
    }

    private void multiplied(ColumnNode quantity, ColumnNode price, Link word) {
        Expression product = new Expression.Arithmetic(Expression.Arithmetic.Operator.MULTIPLY, stand(quantity), stand(price));
        Defined defined = new Defined(quantity.stems.get(0) + " value", product, null, false, List.of(quantity.table));
        boolean found = frame.targets.stream().map(Frame.Target::measure).anyMatch(measure -> of(measure, quantity))
                || frame.orders.stream().map(Frame.Order::measure).anyMatch(measure -> of(measure, quantity));
        if (!found) {
            frame.unresolved.add(word);
            return;
        }
        boolean alone = frame.targets.stream().allMatch(target -> of(target.measure(), quantity));
        boolean grouped = frame.aggregates() || !frame.groupColumns.isEmpty() || !frame.groupTables.isEmpty() || alone;
        frame.targets.replaceAll(target -> of(target.measure(), quantity) ? new Frame.Target(worth(target.measure(), defined, grouped), null, false) : target);
        frame.orders.replaceAll(order -> of(order.measure(), quantity) ? new Frame.Order(worth(order.measure(), defined, grouped), order.descending()) : order);
        frame.explained.add(word);
        frame.notes.add("Took " + quantity + " × " + price + " for the value.");
    }

    private static Measure worth(Measure measure, Defined defined, boolean grouped) {
        Function function = measure.function() == null && grouped ? Function.SUM : measure.function();
        return new Measure(function, defined.tables().get(0), null, false, defined);
    }

    private static boolean of(Measure measure, ColumnNode quantity) {
        return measure != null && measure.column() == quantity && measure.function() != Function.COUNT;
    }

    private static Expression.Column stand(ColumnNode column) {
        return new Expression.Column(column.table.name(), column.name(), column.type);
    }

    private static boolean priced(ColumnNode column) {
        return Stream.of("price", "cost").anyMatch(column.stems::contains);
    }
}
