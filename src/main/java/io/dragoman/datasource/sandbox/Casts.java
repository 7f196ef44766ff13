package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code type$value}, parts of dates and times, and constants read from strings. */
final class Casts {

    private static final long DAY = 86_400_000_000_000L;
    private static final Set<String> PARTS = Set.of("year", "mm", "dd", "hh", "uu", "ss", "week");

    private Casts() {
    }

    /** {@code left$right}. */
    static QValue apply(QValue left, QValue right) {
        if (left instanceof Atom atom && atom.type() == QType.SYMBOL) {
            return named(((Names) atom.cell()).name(0), right);
        } else if (left instanceof Atom atom && atom.type() == QType.CHAR) {
            char letter = ((Text) atom.cell()).text().charAt(0);
            return Character.isUpperCase(letter) ? read(letter, right) : cast(type(QType.of(letter), String.valueOf(letter)), right);
        } else if (left instanceof Atom atom && atom.type() == QType.SHORT && Numbers.whole(left) > 0) {
            return cast(type(QType.of((int) Numbers.whole(left)), "that number"), right);
        }
        throw QError.unsupported("$ with this left side");
    }

    private static QType type(QType type, String name) {
        if (type == null) {
            throw QError.of("type: there is no type " + name);
        }
        return type;
    }

    /** A cast by the name of a type or of a part of a time; the empty name makes symbols of strings. */
    static QValue named(String name, QValue value) {
        if (PARTS.contains(name)) {
            return each(value, list -> part(name, list));
        } else if (name.isEmpty()) {
            return cast(QType.SYMBOL, value);
        }
        for (QType type : QType.values()) {
            if (type != QType.MIXED && type.title().equals(name)) {
                return cast(type, value);
            }
        }
        throw QError.of("type: there is no type " + name);
    }

    private interface OfList {
        Vector of(Vector list);
    }

    private static QValue each(QValue value, OfList function) {
        if (value instanceof Atom atom) {
            return new Atom(function.of(atom.cell()));
        } else if (value instanceof Items items) {
            List<QValue> results = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                results.add(each(items.item(i), function));
            }
            return Vector.of(results);
        } else if (value instanceof Vector list) {
            return function.of(list);
        } else if (value instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return new Dictionary(dictionary.keys(), each(dictionary.values(), function));
        }
        throw QError.of("type: a cast of a table or function");
    }

    /** A cast to a type. */
    static QValue cast(QType type, QValue value) {
        if (type == QType.SYMBOL) {
            return symbols(value);
        }
        return each(value, list -> list.type() == type ? list : typed(type, list));
    }

    private static QValue symbols(QValue value) {
        if (value instanceof Text || value instanceof Atom atom && atom.type() == QType.CHAR) {
            return Atom.symbol(Numbers.text(value).strip());
        } else if (value instanceof Items items) {
            List<QValue> results = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                results.add(symbols(items.item(i)));
            }
            return results.isEmpty() ? Vector.empty(QType.SYMBOL) : Vector.of(results);
        } else if (value instanceof Names || value instanceof Atom atom && atom.type() == QType.SYMBOL) {
            return value;
        }
        throw QError.of("type: only strings become symbols");
    }

    private static Vector typed(QType type, Vector list) {
        if (list instanceof Names || type == QType.GUID || type == QType.DATETIME || list.type() == QType.DATETIME) {
            throw QError.of("type: a cast from " + list.type().title() + " to " + type.title());
        }
        int size = list.size();
        if (type.floating()) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = type == QType.REAL ? (float) Numbers.real(list, i) : Numbers.real(list, i);
            }
            return new Doubles(type, values);
        } else if (type == QType.CHAR) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < size; i++) {
                text.append((char) (Numbers.whole(list, i) & 0xff));
            }
            return new Text(text.toString());
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = list instanceof Doubles doubles ? rounded(type, doubles.get(i)) : whole(type, list.type(),
                    Numbers.whole(list, i));
        }
        return new Longs(type, values);
    }

    private static long rounded(QType type, double value) {
        if (type == QType.BOOLEAN) {
            return value == 0 ? 0 : 1;
        } else if (Double.isNaN(value)) {
            return QType.NULL;
        } else if (Double.isInfinite(value)) {
            return value > 0 ? type.infinity() : -type.infinity();
        } else if (type.temporal()) {
            throw QError.unsupported("a cast from float to " + type.title());
        } else if (Math.abs(value - Math.rint(value)) == 0.5) {
            throw QError.unsupported("a cast of a number half way between two");
        }
        long whole = Math.round(value);
        return Math.abs(whole) > type.infinity() ? whole > 0 ? type.infinity() : -type.infinity() : whole;
    }

    private static long whole(QType type, QType from, long value) {
        if (type == QType.BOOLEAN) {
            return value == 0 ? 0 : 1;
        } else if (value == QType.NULL || from.temporal() && Math.abs(value) == from.infinity()) {
            return value == QType.NULL ? type.nullable() ? QType.NULL : 0 : Long.signum(value) * type.infinity();
        } else if (!type.temporal() || !from.temporal()) {
            return narrow(type, value);
        }
        return temporal(type, from, value);
    }

    private static long narrow(QType type, long value) {
        return switch (type.width()) {
            case 4 -> (int) value == Integer.MIN_VALUE ? QType.NULL : (int) value;
            case 2 -> (short) value == Short.MIN_VALUE ? QType.NULL : (short) value;
            case 1 -> value & 0xff;
            default -> value;
        };
    }

    private static long temporal(QType type, QType from, long value) {
        if (QFormat.nanos(from) > 0) {
            long nanos = value * QFormat.nanos(from);
            if (QFormat.nanos(type) == 0) {
                throw QError.of("type: a cast from " + from.title() + " to " + type.title());
            }
            return Math.floorDiv(nanos, QFormat.nanos(type));
        }
        long nanos = switch (from) {
            case TIMESTAMP -> value;
            case DATE -> Math.multiplyExact(value, DAY);
            default -> Math.multiplyExact(firstOf(value), DAY);
        };
        return switch (type) {
            case TIMESTAMP -> nanos;
            case DATE -> Math.floorDiv(nanos, DAY);
            case MONTH -> months(Math.floorDiv(nanos, DAY));
            default -> Math.floorMod(nanos, DAY) / QFormat.nanos(type);
        };
    }

    /** The first day of a month. */
    private static long firstOf(long month) {
        return QFormat.days(LocalDate.of(2000, 1, 1).plusMonths(month));
    }

    private static long months(long day) {
        LocalDate date = QFormat.date(day);
        return (date.getYear() - 2000L) * 12 + date.getMonthValue() - 1;
    }

    private static Vector part(String part, Vector list) {
        boolean clock = part.equals("hh") || part.equals("uu") || part.equals("ss");
        QType type = list.type();
        boolean point = type == QType.TIMESTAMP || type == QType.DATE || type == QType.MONTH;
        if (!(clock ? type == QType.TIMESTAMP || QFormat.nanos(type) > 0 : point)
                || type == QType.MONTH && (part.equals("dd") || part.equals("week"))) {
            throw QError.of("type: " + part + " of a " + type.title());
        }
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.isNull(i) ? QType.NULL : clock ? clock(part, whole(QType.TIMESPAN, type, Numbers.whole(list, i)))
                    : calendar(part, whole(QType.DATE, type, Numbers.whole(list, i)));
        }
        return new Longs(part.equals("week") ? QType.DATE : QType.INT, values);
    }

    private static long clock(String part, long nanos) {
        return switch (part) {
            case "hh" -> Math.floorDiv(nanos, 3_600_000_000_000L);
            case "uu" -> Math.floorMod(Math.floorDiv(nanos, 60_000_000_000L), 60L);
            default -> Math.floorMod(Math.floorDiv(nanos, 1_000_000_000L), 60L);
        };
    }

    private static long calendar(String part, long day) {
        LocalDate date = QFormat.date(day);
        return switch (part) {
            case "year" -> date.getYear();
            case "mm" -> date.getMonthValue();
            case "dd" -> date.getDayOfMonth();
            default -> day - Math.floorMod(day - 2, 7L);
        };
    }

    /** {@code "J"$"12"}: a constant read from a string; null when it is none. */
    private static QValue read(char letter, QValue value) {
        if (value instanceof Items items) {
            List<QValue> results = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                results.add(read(letter, items.item(i)));
            }
            return Vector.of(results);
        }
        String text = Numbers.text(value).strip();
        QType type = QType.of(Character.toLowerCase(letter));
        if (type == QType.SYMBOL) {
            return Atom.symbol(text);
        } else if (type != QType.LONG && type != QType.INT && type != QType.FLOAT && type != QType.DATE) {
            throw QError.unsupported("\"" + letter + "\"$ of a string");
        }
        try {
            return switch (type) {
                case FLOAT -> Atom.of(Double.parseDouble(text));
                case DATE -> Atom.of(type, QFormat.days(LocalDate.parse(text.replace('.', '-').replace('/', '-'))));
                case INT -> Atom.of(type, Integer.parseInt(text));
                default -> Atom.of(Long.parseLong(text));
            };
        } catch (NumberFormatException | java.time.DateTimeException e) {
            return new Atom(Vector.empty(type).at(new int[] {-1}));
        }
    }
}
