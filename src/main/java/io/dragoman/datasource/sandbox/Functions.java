package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** q's own functions by their names, and how functions are applied, iterated and given some of their arguments. */
final class Functions {

    private static final Set<String> ATOMIC = Set.of("+", "-", "*", "%", "=", "<>", "<", ">", "<=", ">=", "&", "|", "^", "and", "or",
            "div", "mod", "xbar", "xexp", "xlog");
    private static final Set<String> BINARY = Set.of("#", "_", ",", "?", "~", "!", "@", ".", "$", "in", "within", "like", "union",
            "inter", "except", "cross", "cut", "sublist", "xrank", "bin", "vs", "sv", "ss", "fby", "xasc", "xdesc", "xcol",
            "xcols", "xkey", "xgroup", "lj", "ljf", "ij", "ijf", "uj", "each", "peach", "over", "scan");
    private static final Set<String> UNARY = Set.of("til", "distinct", "group", "where", "reverse", "raze", "enlist", "flip", "asc",
            "desc", "iasc", "idesc", "rank", "type", "ungroup", "cols", "keys", "meta");
    private static final Set<String> TERNARY = Set.of("aj", "aj0", "ajf", "ajf0", "ej", "ssr");

    private final Budget budget;
    private final Dyads dyads;
    private final Monads monads;
    private final Aggregates aggregates;
    private final Runs runs;
    private final Lists lists;
    private final Slices slices;
    private final Shapes shapes;
    private final Lookups lookups;
    private final Strings strings;
    private final Tables tables;
    private final Joins joins;

    Functions(Budget budget) {
        this.budget = budget;
        this.dyads = new Dyads(budget);
        this.monads = new Monads(budget);
        this.aggregates = new Aggregates(budget);
        this.runs = new Runs(budget);
        this.lists = new Lists(budget);
        this.slices = new Slices(budget, lists);
        this.shapes = new Shapes(budget, lists);
        this.lookups = new Lookups(budget, lists, shapes);
        this.strings = new Strings(budget);
        this.tables = new Tables(budget, lists);
        this.joins = new Joins(budget, lists, shapes);
    }

    Lists lists() {
        return lists;
    }

    /** The function of that name. */
    QFunction named(String name) {
        boolean two = ATOMIC.contains(name) || BINARY.contains(name) || Aggregates.knowsPairs(name) || Runs.knowsSized(name);
        boolean one = Monads.knows(name) || Aggregates.knows(name) || Runs.knows(name) || Strings.knows(name) || UNARY.contains(name);
        if (!two && !one && !TERNARY.contains(name)) {
            throw QError.unsupported(name);
        }
        return new Named(name, two ? 2 : one ? 1 : 3);
    }

    /** One of q's own functions. */
    private final class Named implements QFunction {

        private final String name;
        private final int rank;

        private Named(String name, int rank) {
            this.name = name;
            this.rank = rank;
        }

        @Override
        public int rank() {
            return name.equals("?") ? 0 : rank;
        }

        @Override
        public QValue apply(List<QValue> arguments) {
            if (name.equals("enlist")) {
                return shapes.enlist(arguments);
            } else if (name.equals("?") && arguments.size() == 3) {
                return conditional(arguments);
            } else if (arguments.size() > rank) {
                throw QError.of("rank: " + name + " with " + arguments.size() + " arguments");
            } else if (arguments.size() < rank) {
                List<QValue> open = new ArrayList<>(arguments);
                while (open.size() < rank) {
                    open.add(null);
                }
                return projection(this, open);
            }
            return rank == 1 ? one(name, arguments.get(0)) : rank == 2 ? two(name, arguments.get(0), arguments.get(1))
                    : three(name, arguments);
        }
    }

    private QValue one(String name, QValue value) {
        if (Monads.knows(name)) {
            return monads.apply(name, value);
        } else if (Aggregates.knows(name)) {
            return aggregates.apply(name, value);
        } else if (Runs.knows(name)) {
            return runs.apply(name, value);
        } else if (Strings.knows(name)) {
            return strings.apply(name, value);
        }
        return switch (name) {
            case "til" -> Lists.longs(Lists.range(0, sized(value)));
            case "distinct" -> lists.distinct(value);
            case "group" -> lists.group(value);
            case "where" -> lookups.where(value);
            case "reverse" -> lists.reverse(value);
            case "raze" -> shapes.raze(value);
            case "flip" -> shapes.flip(value);
            case "asc", "desc" -> lists.sorted(value, name.equals("desc"));
            case "iasc", "idesc" -> Lists.longs(lists.order(Numbers.list(value), name.equals("idesc")));
            case "rank" -> lists.rank(value);
            case "type" -> type(value);
            case "ungroup" -> tables.ungrouped(value);
            case "cols" -> Tables.cols(value);
            case "keys" -> new Names(QType.SYMBOL, Tables.keys(value).toArray(String[]::new));
            default -> Tables.meta(value);
        };
    }

    private int sized(QValue value) {
        int size = Numbers.size(value);
        if (size < 0) {
            throw QError.of("domain: til of a negative number");
        }
        budget.spend(size);
        return size;
    }

    private static QValue type(QValue value) {
        int code = value instanceof Atom atom ? -atom.type().code() : value instanceof Vector list ? list.type().code()
                : value instanceof Table ? 98 : value instanceof Dictionary ? 99 : 100;
        return Atom.of(QType.SHORT, code);
    }

    private QValue two(String name, QValue left, QValue right) {
        if (ATOMIC.contains(name)) {
            return dyads.apply(name, left, right);
        } else if (Aggregates.knowsPairs(name)) {
            return aggregates.pairs(name, left, right);
        } else if (Runs.knowsSized(name)) {
            return runs.sized(name, left, right);
        }
        return switch (name) {
            case "#" -> slices.take(left, right);
            case "_" -> slices.drop(left, right);
            case "," -> shapes.join(left, right);
            case "?" -> lookups.find(left, right);
            case "~" -> Atom.of(Lists.same(left, right));
            case "!" -> dictionary(left, right);
            case "@" -> apply(left, List.of(right));
            case "." -> apply(left, items(right));
            case "$" -> Casts.apply(left, right);
            case "in" -> lookups.in(left, right);
            case "within" -> within(left, right);
            case "like" -> strings.like(left, right);
            case "union", "inter", "except" -> lookups.set(name, left, right);
            case "cross" -> shapes.cross(left, right);
            case "cut" -> slices.cut(left, right);
            case "sublist" -> slices.sublist(left, right);
            case "xrank" -> lists.xrank(left, right);
            case "bin" -> lookups.bin(left, right);
            case "vs" -> strings.split(left, right);
            case "sv" -> strings.joined(left, right);
            case "ss" -> strings.found(left, right);
            case "fby" -> groupwise(left, right);
            case "xasc", "xdesc" -> tables.sorted(name, left, right);
            case "xcol" -> Tables.renamed(left, right);
            case "xcols" -> Tables.reordered(left, right);
            case "xkey" -> Tables.xkey(left, right);
            case "xgroup" -> tables.grouped(left, right);
            case "lj", "ljf", "ij", "ijf" -> joins.byKey(name, left, right);
            case "uj" -> joins.union(left, right);
            default -> iterated(name, left, right);
        };
    }

    private QValue iterated(String name, QValue left, QValue right) {
        if (!(left instanceof QFunction function)) {
            throw QError.of("type: " + name + " needs a function on its left");
        }
        return derived(name.equals("over") ? "/" : name.equals("scan") ? "\\" : "'", function).apply(List.of(right));
    }

    private QValue three(String name, List<QValue> arguments) {
        return switch (name) {
            case "ej" -> joins.equi(arguments.get(0), arguments.get(1), arguments.get(2));
            case "ssr" -> strings.replaced(arguments.get(0), arguments.get(1), arguments.get(2));
            default -> joins.asOf(name, arguments.get(0), arguments.get(1), arguments.get(2));
        };
    }

    private static QValue dictionary(QValue left, QValue right) {
        boolean table = right instanceof Table || right instanceof Dictionary dictionary && dictionary.keyedTable();
        if (left instanceof Atom && table) {
            return Tables.enkey(Numbers.whole(left), right);
        } else if (!(left instanceof Vector) || !(right instanceof Vector || right instanceof Atom)) {
            throw QError.unsupported("! of these");
        }
        int size = Aggregates.count(left);
        Vector values = right instanceof Atom atom ? atom.cell().at(new int[size]) : (Vector) right;
        if (values.size() != size) {
            throw QError.of("length: " + size + " keys and " + values.size() + " values");
        }
        return new Dictionary(left, values);
    }

    private QValue within(QValue left, QValue right) {
        Vector bounds = Numbers.list(right);
        if (bounds.size() != 2) {
            throw QError.of("length: within needs two bounds");
        }
        return dyads.apply("&", dyads.apply(">=", left, bounds.item(0)), dyads.apply("<=", left, bounds.item(1)));
    }

    /** {@code ?[flags;left;right]}. */
    private QValue conditional(List<QValue> arguments) {
        if (!(arguments.get(0) instanceof Longs flags) || flags.type() != QType.BOOLEAN) {
            throw QError.unsupported("?[…;…;…] without a list of booleans first");
        }
        List<QValue> chosen = new ArrayList<>(flags.size());
        budget.spend(flags.size());
        for (int i = 0; i < flags.size(); i++) {
            QValue side = arguments.get(flags.get(i) != 0 ? 1 : 2);
            if (side instanceof Vector list && list.size() != flags.size()) {
                throw QError.of("length: ?[…;…;…] of lists of different lengths");
            }
            chosen.add(side instanceof Vector list ? list.item(i) : side);
        }
        Vector result = Vector.of(chosen);
        if (result instanceof Items && !(chosen.stream().noneMatch(Atom.class::isInstance))) {
            throw QError.of("type: ?[…;…;…] of values of different types");
        }
        return result;
    }

    /** {@code (function;values) fby groups}: what the function gives of each group, for each of its rows. */
    private QValue groupwise(QValue left, QValue right) {
        if (!(left instanceof Items pair) || pair.size() != 2 || !(pair.item(0) instanceof QFunction function)) {
            throw QError.of("type: fby needs a function and a list on its left");
        }
        Vector values = Numbers.list(pair.item(1));
        Map<Object, List<Integer>> groups = lists.places(right);
        if (Aggregates.count(right) != values.size()) {
            throw QError.of("length: fby of " + values.size() + " values and " + Aggregates.count(right) + " groups");
        }
        QValue[] results = new QValue[values.size()];
        for (List<Integer> rows : groups.values()) {
            QValue result = apply(function, List.of(lists.at(values, Lists.ints(rows))));
            for (int i = 0; i < rows.size(); i++) {
                boolean list = result instanceof Vector many && many.size() == rows.size();
                if (!list && !(result instanceof Atom)) {
                    throw QError.of("length: fby needs a function that gives one value, or one for each");
                }
                results[rows.get(i)] = list ? ((Vector) result).item(i) : result;
            }
        }
        return results.length == 0 ? Vector.empty(values.type()) : Vector.of(Arrays.asList(results));
    }

    /** Applies a function, or looks up in what is none. */
    QValue apply(QValue function, List<QValue> arguments) {
        if (function instanceof QFunction called) {
            budget.enter();
            try {
                return called.apply(arguments);
            } finally {
                budget.leave();
            }
        } else if (arguments.size() == 1) {
            return lookups.index(function, arguments.get(0));
        }
        throw QError.unsupported("an index of more than one dimension");
    }

    /** A function with some of its arguments; null stands where one is missing. */
    QFunction projection(QValue of, List<QValue> given) {
        if (!(of instanceof QFunction function)) {
            throw QError.unsupported("an index with a gap");
        }
        int missing = (int) given.stream().filter(java.util.Objects::isNull).count();
        return new QFunction() {

            @Override
            public int rank() {
                return missing;
            }

            @Override
            public QValue apply(List<QValue> arguments) {
                if (arguments.size() > missing) {
                    throw QError.of("rank: " + arguments.size() + " arguments for " + missing);
                }
                List<QValue> all = new ArrayList<>(given);
                int next = 0;
                for (int i = 0; i < all.size() && next < arguments.size(); i++) {
                    if (all.get(i) == null) {
                        all.set(i, arguments.get(next++));
                    }
                }
                return all.contains(null) ? projection(function, all) : Functions.this.apply(function, all);
            }
        };
    }

    /** A function with an iterator. */
    QFunction derived(String iterator, QFunction function) {
        if (iterator.equals("':")) {
            throw QError.unsupported("the iterator ':, of which the first value differs between functions; use deltas, ratios or prev");
        }
        return arguments -> switch (iterator) {
            case "'" -> each(function, arguments);
            case "/" -> folded(function, arguments, false);
            case "\\" -> folded(function, arguments, true);
            case "/:", "\\:" -> side(iterator.equals("/:"), function, arguments);
            default -> throw QError.unsupported("the iterator " + iterator);
        };
    }

    private List<QValue> items(QValue value) {
        if (value instanceof Table || value instanceof Dictionary || value instanceof QFunction) {
            throw QError.unsupported("a loop over a table, dictionary or function");
        }
        Vector list = Numbers.list(value);
        budget.spend(list.size());
        List<QValue> items = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            items.add(list.item(i));
        }
        return items;
    }

    private QValue each(QFunction function, List<QValue> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return new Dictionary(dictionary.keys(), each(function, List.of(dictionary.values())));
        } else if (arguments.stream().allMatch(Atom.class::isInstance)) {
            return apply(function, arguments);
        }
        int size = arguments.stream().filter(argument -> !(argument instanceof Atom)).mapToInt(Aggregates::count).max().orElse(0);
        List<List<QValue>> all = new ArrayList<>();
        for (QValue argument : arguments) {
            if (!(argument instanceof Atom) && Aggregates.count(argument) != size) {
                throw QError.of("length: each of lists of different lengths");
            }
            all.add(items(argument));
        }
        List<QValue> results = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int place = i;
            results.add(apply(function, all.stream().map(list -> list.get(list.size() == 1 ? 0 : place)).toList()));
        }
        return Vector.of(results);
    }

    private QValue side(boolean right, QFunction function, List<QValue> arguments) {
        if (arguments.size() != 2) {
            throw QError.of("rank: each left and each right need two arguments");
        }
        List<QValue> results = new ArrayList<>();
        for (QValue item : items(arguments.get(right ? 1 : 0))) {
            results.add(apply(function, right ? List.of(arguments.get(0), item) : List.of(item, arguments.get(1))));
        }
        boolean atom = arguments.get(right ? 1 : 0) instanceof Atom;
        return atom ? results.get(0) : Vector.of(results);
    }

    private QValue folded(QFunction function, List<QValue> arguments, boolean all) {
        if (function.rank() == 1 || function.rank() > 2) {
            throw QError.unsupported("over and scan of a function of one argument or of more than two");
        }
        List<QValue> items = items(arguments.get(arguments.size() - 1));
        if (items.isEmpty() && arguments.size() == 1) {
            throw QError.unsupported("over and scan of nothing");
        }
        QValue so = arguments.size() == 2 ? arguments.get(0) : items.get(0);
        List<QValue> steps = new ArrayList<>(arguments.size() == 2 ? List.of() : List.of(so));
        for (QValue item : arguments.size() == 2 ? items : items.subList(1, items.size())) {
            so = apply(function, List.of(so, item));
            steps.add(so);
        }
        return all ? Vector.of(steps) : so;
    }
}
