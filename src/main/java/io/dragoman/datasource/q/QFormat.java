package io.dragoman.datasource.q;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values of q as values of Java and as q writes them. */
public final class QFormat {

    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long DAY = 86_400_000_000_000L;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu.MM.dd");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu.MM.dd'D'HH:mm:ss.SSSSSSSSS");
    private static final int LONGEST = 200;

    private QFormat() {
    }

    /**
     * The value at a place for a result: null for a null; java.time values for dates and times of day; text as q writes it for
     * timespans, infinite times and lists.
     */
    public static Object java(Vector list, int index) {
        if (list instanceof Items) {
            QValue item = list.item(index);
            return item instanceof Atom atom ? java(atom.cell(), 0) : item instanceof Text text ? text.text() : text(item);
        } else if (list.isNull(index) && list.type() != QType.CHAR) {
            return null;
        } else if (list instanceof Names names) {
            return names.name(index);
        } else if (list instanceof Text text) {
            return String.valueOf(text.text().charAt(index));
        } else if (list instanceof Doubles doubles) {
            return list.type() == QType.DATETIME ? dateTime(doubles.get(index)) : (Object) doubles.get(index);
        }
        long value = ((Longs) list).get(index);
        QType type = list.type();
        boolean infinite = type.temporal() && Math.abs(value) == type.infinity();
        return switch (type) {
            case BOOLEAN -> value != 0;
            case TIMESTAMP -> infinite ? text(type, value) : timestamp(value);
            case DATE -> infinite ? text(type, value) : date(value);
            case MONTH -> infinite ? text(type, value) : month(value).toString();
            case TIMESPAN -> text(type, value);
            case MINUTE, SECOND, TIME -> {
                long nanos = value * nanos(type);
                yield nanos < 0 || nanos >= DAY || infinite ? text(type, value) : LocalTime.ofNanoOfDay(nanos);
            }
            default -> value;
        };
    }

    /** How many nanoseconds a unit of a type of times of day has, 0 for other types. */
    public static long nanos(QType type) {
        return switch (type) {
            case TIMESPAN -> 1;
            case TIME -> 1_000_000;
            case SECOND -> 1_000_000_000L;
            case MINUTE -> 60_000_000_000L;
            default -> 0;
        };
    }

    /** The date so many days after 2000-01-01. */
    public static LocalDate date(long days) {
        return LocalDate.ofEpochDay(EPOCH_DAY + days);
    }

    /** How many days after 2000-01-01 a date is. */
    public static long days(LocalDate date) {
        return date.toEpochDay() - EPOCH_DAY;
    }

    private static YearMonth month(long months) {
        return YearMonth.of(2000, 1).plusMonths(months);
    }

    private static LocalDateTime timestamp(long nanos) {
        return LocalDateTime.of(date(Math.floorDiv(nanos, DAY)), LocalTime.ofNanoOfDay(Math.floorMod(nanos, DAY)));
    }

    private static Object dateTime(double days) {
        if (Math.abs(days) > 3_000_000) {
            return days < 0 ? "-0Wz" : "0Wz";
        }
        return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plusDays(EPOCH_DAY)
                .plusNanos(Math.round(days * 86_400_000L) * 1_000_000L);
    }

    /** The value as q writes it, cut where it is long. */
    public static String text(QValue value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.length() > LONGEST ? out.substring(0, LONGEST) + "…" : out.toString();
    }

    private static void write(QValue value, StringBuilder out) {
        if (out.length() > LONGEST) {
            return;
        }
        if (value instanceof Atom atom) {
            out.append(atom.type() == QType.SYMBOL ? "`" : "").append(text(atom.cell(), 0));
        } else if (value instanceof Text text) {
            out.append('"').append(text.text(), 0, Math.min(LONGEST, text.size())).append('"');
        } else if (value instanceof Items items && items.size() == 1) {
            out.append(',');
            write(items.item(0), out);
        } else if (value instanceof Items items) {
            out.append('(');
            for (int i = 0; i < items.size() && out.length() <= LONGEST; i++) {
                out.append(i > 0 ? ";" : "");
                write(items.item(i), out);
            }
            out.append(')');
        } else if (value instanceof Vector vector) {
            String gap = vector.type() == QType.SYMBOL || vector.type() == QType.BOOLEAN ? "" : " ";
            out.append(vector.size() == 1 ? "," : "");
            for (int i = 0; i < vector.size() && out.length() <= LONGEST; i++) {
                out.append(i > 0 ? gap : "").append(vector.type() == QType.SYMBOL ? "`" : "").append(text(vector, i));
            }
        } else if (value instanceof Dictionary dictionary) {
            write(dictionary.keys(), out);
            out.append('!');
            write(dictionary.values(), out);
        } else if (value instanceof Table table) {
            out.append("table of ").append(table.rows()).append(" rows");
        } else {
            out.append("function");
        }
    }

    /** The value at a place as {@code string} gives it. */
    public static String text(Vector list, int index) {
        if (list instanceof Names names) {
            return names.name(index);
        } else if (list instanceof Text text) {
            return String.valueOf(text.text().charAt(index));
        } else if (list instanceof Doubles doubles) {
            return list.type() == QType.DATETIME ? String.valueOf(java(list, index)) : number(doubles.get(index));
        } else if (list instanceof Longs longs) {
            return text(list.type(), longs.get(index));
        }
        return text(list.item(index));
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "0n" : value > 0 ? "0w" : "-0w";
        }
        String seven = String.format(Locale.ROOT, "%.7g", value);
        double rounded = Double.parseDouble(seven);
        String plain = Double.toString(rounded);
        return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    }

    private static String text(QType type, long value) {
        if (type == QType.BOOLEAN) {
            return value != 0 ? "1" : "0";
        } else if (type == QType.BYTE) {
            return String.format("%02x", value);
        }
        boolean suffixed = type.temporal();
        if (value == QType.NULL) {
            return "0N" + (suffixed ? type.letter() : "");
        } else if (Math.abs(value) == type.infinity()) {
            return (value < 0 ? "-" : "") + "0W" + (suffixed ? type.letter() : "");
        }
        return switch (type) {
            case DATE -> DATE.format(date(value));
            case MONTH -> month(value).toString().replace('-', '.') + "m";
            case TIMESTAMP -> STAMP.format(timestamp(value));
            case TIMESPAN -> (value < 0 ? "-" : "") + Math.abs(value / DAY) + "D" + clock(Math.abs(value % DAY), 9);
            case TIME -> (value < 0 ? "-" : "") + clock(Math.abs(value) * nanos(type), 3);
            case SECOND -> (value < 0 ? "-" : "") + clock(Math.abs(value) * nanos(type), 0);
            case MINUTE -> (value < 0 ? "-" : "") + clock(Math.abs(value) * nanos(type), -1);
            default -> Long.toString(value);
        };
    }

    /** Hours, minutes, and where asked for seconds and so many digits of their fraction. */
    private static String clock(long nanos, int digits) {
        String text = String.format("%02d:%02d", nanos / 3_600_000_000_000L, nanos / 60_000_000_000L % 60);
        if (digits < 0) {
            return text;
        }
        text += String.format(":%02d", nanos / 1_000_000_000L % 60);
        return digits == 0 ? text : text + "." + String.format("%09d", nanos % 1_000_000_000L).substring(0, digits);
    }
}
