package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Functions on strings and symbols. */
final class Strings {

    private final Budget budget;

    Strings(Budget budget) {
        this.budget = budget;
    }

    static boolean knows(String name) {
        return switch (name) {
            case "string", "lower", "upper", "trim", "ltrim", "rtrim" -> true;
            default -> false;
        };
    }

    QValue apply(String name, QValue value) {
        return switch (name) {
            case "string" -> string(value);
            case "lower" -> mapped(value, text -> text.toLowerCase(Locale.ROOT));
            case "upper" -> mapped(value, text -> text.toUpperCase(Locale.ROOT));
            case "trim" -> mapped(value, text -> left(right(text)));
            case "ltrim" -> mapped(value, Strings::left);
            default -> mapped(value, Strings::right);
        };
    }

    private static String left(String text) {
        int from = 0;
        while (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        return text.substring(from);
    }

    private static String right(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private QValue string(QValue value) {
        if (value instanceof Atom atom) {
            boolean none = atom.cell().isNull(0) && atom.type() != QType.CHAR;
            return new Text(none ? "" : QFormat.text(atom.cell(), 0));
        } else if (!(value instanceof Vector list)) {
            throw QError.unsupported("string of a table, dictionary or function");
        } else {
            budget.spend(list.size() * 4L);
            QValue[] texts = new QValue[list.size()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = string(list.item(i));
            }
            return new Items(texts);
        }
    }

    private QValue mapped(QValue value, UnaryOperator<String> function) {
        if (value instanceof Text text) {
            budget.spend(text.size());
            return new Text(function.apply(text.text()));
        } else if (value instanceof Atom atom && atom.cell() instanceof Text text) {
            return new Atom(new Text(function.apply(text.text())));
        } else if (value instanceof Atom atom && atom.cell() instanceof Names names) {
            return Atom.symbol(function.apply(names.name(0)));
        } else if (value instanceof Names names) {
            budget.spend(names.size());
            String[] all = new String[names.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = function.apply(names.name(i));
            }
            return new Names(QType.SYMBOL, all);
        } else if (value instanceof Items items) {
            QValue[] all = new QValue[items.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = mapped(items.item(i), function);
            }
            return new Items(all);
        }
        throw QError.of("type: a string or symbol is needed");
    }

    /** {@code left like "pattern"}. */
    QValue like(QValue left, QValue right) {
        String pattern = Numbers.text(right);
        if (left instanceof Text text) {
            return Atom.of(matches(text.text(), pattern));
        } else if (left instanceof Atom atom && (atom.type() == QType.SYMBOL || atom.type() == QType.CHAR)) {
            return Atom.of(matches((String) String.valueOf(atom.cell().key(0)), pattern));
        } else if (left instanceof Names || left instanceof Items) {
            Vector list = (Vector) left;
            long[] flags = new long[list.size()];
            for (int i = 0; i < flags.length; i++) {
                QValue one = like(list.item(i), right);
                if (!(one instanceof Atom)) {
                    throw QError.of("type: like of nested lists");
                }
                flags[i] = Numbers.whole(one);
            }
            return new Longs(QType.BOOLEAN, flags);
        }
        throw QError.of("type: like needs strings or symbols");
    }

    /** Whether a text matches a pattern of {@code *}, {@code ?} and classes, without going back over the text more than once. */
    private boolean matches(String text, String pattern) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length()) {
            budget.spend(1);
            int end = in < pattern.length() ? one(text.charAt(at), pattern, in) : -1;
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = ++in;
                retry = at;
            } else if (end > 0) {
                in = end;
                at++;
            } else if (star >= 0) {
                in = star;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    /** Where the pattern goes on when its part at a place matches the character; -1 when it does not. */
    private static int one(char c, String pattern, int in) {
        char wanted = pattern.charAt(in);
        if (wanted != '[') {
            return wanted == '?' || wanted == c ? in + 1 : -1;
        }
        int close = pattern.indexOf(']', in + 2);
        if (close < 0) {
            throw QError.of("the pattern " + pattern + " has an open bracket");
        }
        boolean not = pattern.charAt(in + 1) == '^';
        boolean found = false;
        for (int i = in + (not ? 2 : 1); i < close; i++) {
            boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
            found |= range ? c >= pattern.charAt(i) && c <= pattern.charAt(i + 2) : c == pattern.charAt(i);
            i += range ? 2 : 0;
        }
        return found != not ? close + 1 : -1;
    }

    /** {@code "," vs "a,b"}. */
    QValue split(QValue left, QValue right) {
        String by = Numbers.text(left);
        String text = Numbers.text(right);
        if (by.isEmpty()) {
            throw QError.unsupported("vs without a text to split by");
        }
        budget.spend(text.length());
        List<QValue> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(by); at >= 0; at = text.indexOf(by, from)) {
            parts.add(new Text(text.substring(from, at)));
            from = at + by.length();
        }
        parts.add(new Text(text.substring(from)));
        return new Items(parts.toArray(QValue[]::new));
    }

    /** {@code "," sv ("a";"b")}. */
    QValue joined(QValue left, QValue right) {
        String by = Numbers.text(left);
        Vector parts = Numbers.list(right);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = Numbers.text(parts.item(i));
            budget.spend(part.length() + by.length());
            text.append(i > 0 ? by : "").append(part);
        }
        return new Text(text.toString());
    }

    /** {@code ssr[text;from;to]} without patterns. */
    QValue replaced(QValue text, QValue from, QValue to) {
        if (!(to instanceof Text || to instanceof Atom) || !plain(Numbers.text(from))) {
            throw QError.unsupported("ssr with a pattern or a function");
        }
        String result = Numbers.text(text).replace(Numbers.text(from), Numbers.text(to));
        budget.spend(result.length());
        return new Text(result);
    }

    private static boolean plain(String pattern) {
        return !pattern.isEmpty() && pattern.chars().noneMatch(c -> "?*[]".indexOf(c) >= 0);
    }

    /** {@code text ss part}: where the part is. */
    QValue found(QValue text, QValue part) {
        String in = Numbers.text(text);
        String wanted = Numbers.text(part);
        if (!plain(wanted)) {
            throw QError.unsupported("ss with a pattern");
        }
        List<Integer> places = new ArrayList<>();
        for (int at = in.indexOf(wanted); at >= 0; at = in.indexOf(wanted, at + wanted.length())) {
            budget.spend(1);
            places.add(at);
        }
        return Lists.longs(Lists.ints(places));
    }
}
