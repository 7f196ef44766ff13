package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads the constants of q: numbers, dates, times, symbols and strings, with their nulls and infinities. */
final class Literals {

    private static final long DAY = 86_400_000_000_000L;

    private Literals() {
    }

    /** One or more numbers or times with space between. */
    static QValue numbers(String text) {
        String[] parts = text.split(" ");
        if (parts.length == 1 && text.startsWith("0x")) {
            return bytes(text);
        } else if (parts.length == 1 && text.endsWith("b") && text.length() > 2) {
            return new Longs(QType.BOOLEAN, text.substring(0, text.length() - 1).chars().mapToLong(c -> c - '0').toArray());
        } else if (parts.length == 1) {
            return one(text);
        }
        QType last = suffix(parts[parts.length - 1]);
        List<Atom> atoms = new ArrayList<>();
        for (String part : parts) {
            atoms.add(one(part));
        }
        return unified(atoms, last);
    }

    /** The type that the last number's letter gives to all; null when it has none. */
    private static QType suffix(String last) {
        return switch (last.charAt(last.length() - 1)) {
            case 'h' -> QType.SHORT;
            case 'i' -> QType.INT;
            case 'j' -> QType.LONG;
            case 'e' -> QType.REAL;
            case 'f' -> QType.FLOAT;
            default -> null;
        };
    }

    private static Vector unified(List<Atom> atoms, QType last) {
        boolean floating = atoms.stream().anyMatch(atom -> atom.type().floating());
        boolean numbers = atoms.stream().allMatch(atom -> atom.type().numeric());
        QType type = last != null ? last : floating ? QType.FLOAT : atoms.get(0).type();
        if (!numbers) {
            for (Atom atom : atoms) {
                type = atom.type().temporal() ? atom.type() : type;
            }
        }
        List<QValue> same = new ArrayList<>();
        for (Atom atom : atoms) {
            boolean plainNull = !numbers && atom.type() == QType.LONG && atom.cell().isNull(0);
            if (atom.type() == type) {
                same.add(atom);
            } else if (numbers && type.floating()) {
                same.add(new Atom(new Doubles(type, Numbers.real(atom.cell(), 0))));
            } else if (numbers && !atom.type().floating() || plainNull) {
                long value = ((Longs) atom.cell()).get(0);
                same.add(Atom.of(type, value == Long.MAX_VALUE ? type.infinity() : value));
            } else {
                throw QError.unsupported("a list of constants of different types");
            }
        }
        return Vector.of(same);
    }

    private static QValue bytes(String text) {
        String digits = text.substring(2);
        digits = digits.length() % 2 == 1 ? "0" + digits : digits;
        long[] values = new long[digits.length() / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return values.length == 1 ? Atom.of(QType.BYTE, values[0]) : new Longs(QType.BYTE, values);
    }

    /** A single number, date or time. */
    static Atom one(String text) {
        try {
            boolean negative = text.startsWith("-");
            String digits = negative ? text.substring(1) : text;
            return digits.startsWith("0N") || digits.startsWith("0n") || digits.startsWith("0W") || digits.startsWith("0w")
                    ? special(digits, negative) : finite(digits, negative ? -1 : 1);
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw QError.of("the constant " + text + " is out of range");
        }
    }

    private static Atom special(String text, boolean negative) {
        char letter = text.length() > 2 ? text.charAt(2) : Character.isLowerCase(text.charAt(1)) ? 'f' : 'j';
        QType type = QType.of(letter);
        boolean none = Character.toLowerCase(text.charAt(1)) == 'n';
        if (type == null || type == QType.GUID || type == QType.CHAR || type == QType.SYMBOL || type == QType.DATETIME) {
            throw QError.unsupported("the constant " + text);
        } else if (type.floating()) {
            double infinity = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return new Atom(new Doubles(type, none ? Double.NaN : infinity));
        }
        return Atom.of(type, none ? QType.NULL : negative ? -type.infinity() : type.infinity());
    }

    private static Atom finite(String text, long sign) {
        char last = text.charAt(text.length() - 1);
        if (text.indexOf(':') >= 0 || text.indexOf('D') >= 0) {
            return time(text, sign);
        } else if (text.length() >= 8 && text.charAt(4) == '.' && text.length() <= 11 && !text.endsWith("f")) {
            return date(text);
        } else if (text.endsWith("b")) {
            return Atom.of(QType.BOOLEAN, text.charAt(0) - '0');
        } else if (last == 'f' || last == 'e' || text.indexOf('.') >= 0 || text.indexOf('e') >= 0) {
            boolean suffixed = last == 'f' || last == 'e';
            double value = sign * Double.parseDouble(suffixed ? text.substring(0, text.length() - 1) : text);
            return new Atom(new Doubles(last == 'e' ? QType.REAL : QType.FLOAT, last == 'e' ? (float) value : value));
        } else if (Character.isDigit(last)) {
            return Atom.of(sign * Long.parseLong(text));
        }
        QType type = QType.of(last);
        if (type == null || !(type == QType.SHORT || type == QType.INT || type == QType.LONG)) {
            throw QError.unsupported("the constant " + text);
        }
        long value = sign * Long.parseLong(text.substring(0, text.length() - 1));
        if (Math.abs(value) > type.infinity()) {
            throw new NumberFormatException();
        }
        return Atom.of(type, value);
    }

    private static Atom date(String text) {
        if (text.endsWith("m")) {
            int year = Integer.parseInt(text.substring(0, 4));
            int month = Integer.parseInt(text.substring(5, 7));
            LocalDate.of(year, month, 1);
            return Atom.of(QType.MONTH, (year - 2000L) * 12 + month - 1);
        }
        return Atom.of(QType.DATE, day(text));
    }

    private static long day(String text) {
        return QFormat.days(LocalDate.of(Integer.parseInt(text.substring(0, 4)), Integer.parseInt(text.substring(5, 7)),
                Integer.parseInt(text.substring(8, 10))));
    }

    private static Atom time(String text, long sign) {
        int split = text.indexOf('D');
        if (split == 10) {
            return Atom.of(QType.TIMESTAMP, Math.addExact(Math.multiplyExact(day(text), DAY), clock(text.substring(11))));
        } else if (split > 0) {
            String rest = text.endsWith("n") ? text.substring(split + 1, text.length() - 1) : text.substring(split + 1);
            return Atom.of(QType.TIMESPAN, sign * Math.addExact(Math.multiplyExact(Long.parseLong(text.substring(0, split)), DAY),
                    clock(rest)));
        }
        char last = text.charAt(text.length() - 1);
        String plain = Character.isLetter(last) ? text.substring(0, text.length() - 1) : text;
        int fraction = plain.indexOf('.') < 0 ? -1 : plain.length() - plain.indexOf('.') - 1;
        QType type = Character.isLetter(last) ? QType.of(last) : fraction > 3 ? QType.TIMESPAN : fraction >= 0 ? QType.TIME
                : plain.chars().filter(c -> c == ':').count() == 2 ? QType.SECOND : QType.MINUTE;
        if (type == null || QFormat.nanos(type) == 0) {
            throw QError.unsupported("the constant " + text);
        }
        return Atom.of(type, sign * clock(plain) / QFormat.nanos(type));
    }

    /** Nanoseconds of hours, minutes, seconds and a fraction, each but the first perhaps left out. */
    private static long clock(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":");
        long nanos = Long.parseLong(parts[0]) * 3_600_000_000_000L;
        if (parts.length > 1) {
            nanos += within60(parts[1]) * 60_000_000_000L;
        }
        if (parts.length > 2) {
            int dot = parts[2].indexOf('.');
            nanos += within60(dot < 0 ? parts[2] : parts[2].substring(0, dot)) * 1_000_000_000L;
            if (dot >= 0) {
                nanos += Long.parseLong((parts[2].substring(dot + 1) + "000000000").substring(0, 9));
            }
        }
        return nanos;
    }

    private static long within60(String text) {
        long value = Long.parseLong(text);
        if (value > 59) {
            throw new NumberFormatException();
        }
        return value;
    }

    /** One or more symbols without space between. */
    static QValue symbols(String text) {
        String[] names = text.substring(1).split("`", -1);
        return names.length == 1 ? Atom.symbol(names[0]) : new Names(QType.SYMBOL, names);
    }

    /** A string in its quotes; one character alone is no list. */
    static QValue string(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char next = literal.charAt(++i);
            if (next >= '0' && next <= '3' && i + 3 < literal.length()) {
                text.append((char) Integer.parseInt(literal.substring(i, i + 3), 8));
                i += 2;
            } else {
                text.append(switch (next) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    default -> next;
                });
            }
        }
        return text.length() == 1 ? new Atom(new Text(text.toString())) : new Text(text.toString());
    }
}
