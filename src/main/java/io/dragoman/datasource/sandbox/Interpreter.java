package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Vector;
import io.dragoman.dialect.q.QNode;
import io.dragoman.dialect.q.QNode.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates q's syntax tree, from right to left. Nothing can be changed: tables are given, names last as long as the function
 * they are assigned in, and there is nothing to call but what is listed in {@link Functions}.
 */
final class Interpreter {

    private static final Set<String> PARTS = Set.of("date", "year", "month", "mm", "dd", "week", "hh", "uu", "ss", "minute",
            "second", "time", "timespan", "timestamp");
    /** Nanoseconds from 1970 to 2000. */
    private static final long EPOCH = 946_684_800_000_000_000L;
    private static final long DAY = 86_400_000_000_000L;

    private final World world;
    private final long now;
    private final Budget budget;
    private final Functions functions;
    private final Templates templates;

    /** @param now what {@code .z.p} is, and {@code .z.d} the date of, in UTC */
    Interpreter(World world, Instant now, Budget budget) {
        this.world = world;
        this.now = now.getEpochSecond() * 1_000_000_000L + now.getNano() - EPOCH;
        this.budget = budget;
        this.functions = new Functions(budget);
        this.templates = new Templates(this, budget, functions.lists());
    }

    /**
     * The value of a statement.
     *
     * @throws QError when it has none
     */
    QValue evaluate(QNode tree) {
        return value(tree, Scope.of(budget, new HashMap<>()));
    }

    /** The value of an expression. */
    QValue value(QNode node, Scope scope) {
        budget.enter();
        try {
            return evaluated(node, scope);
        } catch (QError e) {
            throw e.at(node.offset());
        } catch (ArithmeticException | IndexOutOfBoundsException | ClassCastException | NegativeArraySizeException
                | DateTimeException | IllegalArgumentException e) {
            throw QError.unsupported("these values here (" + node.kind().name().toLowerCase(java.util.Locale.ROOT) + ")")
                    .at(node.offset());
        } finally {
            budget.leave();
        }
    }

    private QValue evaluated(QNode node, Scope scope) {
        return switch (node.kind()) {
            case LITERAL -> Literals.numbers(node.text());
            case STRING -> Literals.string(node.text());
            case SYMBOL -> Literals.symbols(node.text());
            case NAME -> name(node.text(), scope);
            case OPERATOR -> functions.named(node.text());
            case DERIVED -> functions.derived(node.text(), function(node.child(0), scope));
            case UNARY -> unary(node, scope);
            case BINARY -> binary(node, scope);
            case APPLY -> apply(node, scope);
            case CALL -> call(node, scope);
            case PAREN -> value(node.child(0), scope);
            case LIST -> Vector.of(values(node.children(), scope));
            case TABLE -> table(node, scope);
            case LAMBDA -> lambda(node);
            case TEMPLATE -> templates.evaluate(node, scope);
            case ASSIGN -> assign(node, scope);
            default -> throw QError.unsupported("an expression of kind " + node.kind().name().toLowerCase(java.util.Locale.ROOT));
        };
    }

    /** The values of expressions, of which the last is evaluated first. */
    private List<QValue> values(List<QNode> nodes, Scope scope) {
        QValue[] values = new QValue[nodes.size()];
        for (int i = values.length - 1; i >= 0; i--) {
            if (nodes.get(i).kind() == Kind.EMPTY) {
                throw QError.unsupported("a list with a gap");
            }
            values[i] = value(nodes.get(i), scope);
        }
        return Arrays.asList(values);
    }

    private QFunction function(QNode node, Scope scope) {
        if (value(node, scope) instanceof QFunction function) {
            return function;
        }
        throw QError.unsupported("an iterator on a value that is no function");
    }

    private QValue name(String name, Scope scope) {
        QValue found = scope.find(name);
        if (found != null) {
            return found;
        }
        int dot = name.indexOf('.');
        if (dot > 0 && PARTS.contains(name.substring(dot + 1))) {
            return Casts.named(name.substring(dot + 1), name(name.substring(0, dot), scope));
        } else if (world.tables().containsKey(name)) {
            return world.tables().get(name);
        } else if (name.startsWith(".z.")) {
            return session(name);
        }
        return functions.named(name);
    }

    /** The time now; the sandbox's local time is UTC. */
    private QValue session(String name) {
        return switch (name) {
            case ".z.p", ".z.P" -> Atom.of(QType.TIMESTAMP, now);
            case ".z.d", ".z.D" -> Atom.of(QType.DATE, Math.floorDiv(now, DAY));
            case ".z.n", ".z.N" -> Atom.of(QType.TIMESPAN, Math.floorMod(now, DAY));
            case ".z.t", ".z.T" -> Atom.of(QType.TIME, Math.floorMod(now, DAY) / 1_000_000);
            default -> throw QError.unsupported(name);
        };
    }

    private QValue unary(QNode node, Scope scope) {
        QValue argument = value(node.child(1), scope);
        return node.child(0).is(Kind.OPERATOR, "-") ? functions.apply(functions.named("neg"), List.of(argument))
                : functions.apply(value(node.child(0), scope), List.of(argument));
    }

    private QValue binary(QNode node, Scope scope) {
        QNode verb = node.child(0);
        if (node.child(2).kind() == Kind.EMPTY) {
            return functions.projection(function(verb, scope), Arrays.asList(value(node.child(1), scope), null));
        }
        QValue right = value(node.child(2), scope);
        QValue left = value(node.child(1), scope);
        return functions.apply(value(verb, scope), List.of(left, right));
    }

    private QValue apply(QNode node, Scope scope) {
        QValue argument = value(node.child(1), scope);
        return functions.apply(value(node.child(0), scope), List.of(argument));
    }

    private QValue call(QNode node, Scope scope) {
        QNode head = node.child(0);
        List<QNode> arguments = node.children().subList(1, node.children().size());
        if (head.is(Kind.OPERATOR, "$") && arguments.size() > 2) {
            return condition(arguments, scope);
        }
        QValue[] values = new QValue[arguments.size()];
        boolean gap = false;
        for (int i = values.length - 1; i >= 0; i--) {
            gap |= arguments.get(i).kind() == Kind.EMPTY;
            values[i] = arguments.get(i).kind() == Kind.EMPTY ? null : value(arguments.get(i), scope);
        }
        QValue function = value(head, scope);
        return gap ? functions.projection(function, Arrays.asList(values)) : functions.apply(function, Arrays.asList(values));
    }

    /** {@code $[test;then;…;else]}. */
    private QValue condition(List<QNode> parts, Scope scope) {
        if (scope.inTable()) {
            throw QError.of("$[…] cannot stand in a phrase of a query; use ?[…;…;…]");
        } else if (parts.size() % 2 == 0) {
            throw QError.unsupported("$[…] without an else");
        }
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            if (Numbers.whole(value(parts.get(i), scope)) != 0) {
                return value(parts.get(i + 1), scope);
            }
        }
        return value(parts.get(parts.size() - 1), scope);
    }

    private QValue table(QNode node, Scope scope) {
        List<QNode> all = new ArrayList<>(node.child(0).children());
        long keys = all.stream().filter(column -> column.kind() != Kind.EMPTY).count();
        all.addAll(node.child(1).children());
        all.removeIf(column -> column.kind() == Kind.EMPTY);
        List<String> names = new ArrayList<>();
        List<QValue> values = new ArrayList<>();
        for (QNode column : all) {
            boolean named = column.kind() == Kind.ASSIGN;
            names.add(named ? column.child(0).text() : Templates.name(column));
            values.add(value(named ? column.child(1) : column, scope));
        }
        return Tables.enkey(keys, Tables.of(names.toArray(String[]::new), new Items(values.toArray(QValue[]::new))));
    }

    private QValue assign(QNode node, Scope scope) {
        if (!node.text().equals(":") || node.child(0).kind() != Kind.NAME) {
            throw QError.unsupported("an assignment but to a plain name");
        }
        QValue value = value(node.child(1), scope);
        scope.assign(node.child(0).text(), value);
        return value;
    }

    private QFunction lambda(QNode node) {
        List<String> parameters = node.child(0).children().stream().filter(part -> part.kind() == Kind.NAME).map(QNode::text).toList();
        if (parameters.isEmpty()) {
            parameters = List.of("x", "y", "z").subList(0, Math.max(1, implicit(node.child(1))));
        }
        return new Lambda(node, parameters);
    }

    /** How many of the parameters that need no naming a body uses. */
    private static int implicit(QNode body) {
        int used = body.kind() != Kind.NAME ? 0 : body.text().equals("x") ? 1 : body.text().equals("y") ? 2
                : body.text().equals("z") ? 3 : 0;
        for (QNode child : body.children()) {
            used = child.kind() == Kind.LAMBDA ? used : Math.max(used, implicit(child));
        }
        return used;
    }

    /** A function that the query writes itself. */
    private final class Lambda implements QFunction {

        private final QNode node;
        private final List<String> parameters;

        private Lambda(QNode node, List<String> parameters) {
            this.node = node;
            this.parameters = parameters;
        }

        @Override
        public int rank() {
            return parameters.size();
        }

        @Override
        public QValue apply(List<QValue> arguments) {
            if (arguments.size() > parameters.size()) {
                throw QError.of("rank: " + arguments.size() + " arguments for " + parameters.size());
            } else if (arguments.size() < parameters.size()) {
                List<QValue> open = new ArrayList<>(arguments);
                while (open.size() < parameters.size()) {
                    open.add(null);
                }
                return functions.projection(this, open);
            }
            Map<String, QValue> locals = new HashMap<>();
            for (int i = 0; i < arguments.size(); i++) {
                locals.put(parameters.get(i), arguments.get(i));
            }
            Scope scope = Scope.of(budget, locals);
            QValue last = null;
            for (QNode part : node.child(1).children()) {
                if (part.kind() == Kind.RETURN) {
                    return value(part.child(0), scope);
                }
                last = part.kind() == Kind.EMPTY ? null : value(part, scope);
            }
            if (last == null) {
                throw QError.unsupported("a function that gives nothing");
            }
            return last;
        }
    }

    /** The rows for which a condition holds, of those it was evaluated for. */
    int[] chosen(QValue condition, int size) {
        Vector flags = Numbers.list(condition);
        if (flags.type() != QType.BOOLEAN && flags.size() > 0) {
            throw QError.of("type: a condition must be boolean, not " + flags.type().title());
        } else if (condition instanceof Atom) {
            return Numbers.whole(flags, 0) != 0 ? Lists.range(0, size) : new int[0];
        } else if (flags.size() != size) {
            throw QError.of("length: a condition of " + flags.size() + " values for " + size + " rows");
        }
        int[] places = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (((Longs) flags).get(i) != 0) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }
}
