package io.dragoman.answer;

import io.dragoman.offline.plan.Expression;
import io.dragoman.schema.DataType;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stretches of time and parts of the calendar as people call them: <i>January 2024, Q1 2024, week of 1 January 2024, Monday</i>. */
public enum Period {
    /** Minutes and hours of a day. */
    MINUTE,
    /** Hours of a day. */
    HOUR,
    /** Days. */
    DAY,
    /** Weeks, by their first day. */
    WEEK,
    /** Months of a year. */
    MONTH,
    /** Quarters of a year. */
    QUARTER,
    /** Years. */
    YEAR,
    /** Months whatever the year, from 1 on. */
    MONTH_OF_YEAR,
    /** Quarters whatever the year, from 1 on. */
    QUARTER_OF_YEAR,
    /** Days of the week, Monday is 1. */
    WEEKDAY;

    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MONTHS = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    /** The period of that name, in any case; empty when there is none. */
    public static Optional<Period> named(Object name) {
        return Arrays.stream(values()).filter(period -> period.name().equalsIgnoreCase(String.valueOf(name))).findFirst();
    }

    /** What an expression's values stand for; null when they stand for themselves. */
    static Period of(Expression expression, boolean grouped) {
        if (expression instanceof Expression.TimeBucket bucket && bucket.count() == 1) {
            return switch (bucket.unit()) {
                case MINUTE -> MINUTE;
                case HOUR -> HOUR;
                case DAY -> DAY;
                case WEEK -> WEEK;
                case MONTH -> MONTH;
                case QUARTER -> QUARTER;
                case YEAR -> YEAR;
                case SECOND -> null;
            };
        }
        if (expression instanceof Expression.DatePart part) {
            return switch (part.part()) {
                case MONTH -> MONTH_OF_YEAR;
                case QUARTER -> QUARTER_OF_YEAR;
                case WEEKDAY -> WEEKDAY;
                case YEAR -> YEAR;
                default -> null;
            };
        }
        return grouped && expression instanceof Expression.Column column && column.type() == DataType.DATE ? DAY : null;
    }

    /** What the values of a column are by its name, where nothing else is known of it: then all of them have to start such a period. */
    static Period of(String name, List<Object> values) {
        Period period = switch (name.toLowerCase(Locale.ROOT)) {
            case "month" -> MONTH;
            case "quarter" -> QUARTER;
            case "week" -> WEEK;
            default -> null;
        };
        return period != null && !values.isEmpty() && values.stream().allMatch(value -> time(value).filter(period::starts).isPresent())
                ? period : null;
    }

    /** The name of the period that begins with a value; empty when the value is no time, or does not begin one. */
    public Optional<String> name(Object value) {
        if (this == MONTH_OF_YEAR || this == QUARTER_OF_YEAR || this == WEEKDAY) {
            return value instanceof Number number ? part(number.doubleValue()) : Optional.empty();
        }
        if (this == YEAR && value instanceof Number year && year.intValue() == year.doubleValue()) {
            return Optional.of(String.valueOf(year.intValue()));
        }
        return time(value).filter(this::starts).map(time -> switch (this) {
            case YEAR -> String.valueOf(time.getYear());
            case QUARTER -> "Q" + (time.getMonthValue() + 2) / 3 + " " + time.getYear();
            case MONTH -> MONTHS.format(time);
            case WEEK -> "week of " + DAYS.format(time);
            case DAY -> DAYS.format(time);
            default -> CLOCK.format(time);
        });
    }

    private Optional<String> part(double number) {
        int most = this == MONTH_OF_YEAR ? 12 : this == WEEKDAY ? 7 : 4;
        int value = (int) number;
        if (value != number || value < 1 || value > most) {
            return Optional.empty();
        }
        return Optional.of(this == QUARTER_OF_YEAR ? "Q" + value : this == WEEKDAY
                ? DayOfWeek.of(value).getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                : Month.of(value).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    /** The name of a stretch from a day to before another; empty when it is no such period. */
    static Optional<String> name(LocalDate from, LocalDate until) {
        if (from.plusMonths(1).equals(until)) {
            return MONTH.name(from);
        } else if (from.plusMonths(3).equals(until)) {
            return QUARTER.name(from);
        } else if (from.plusYears(1).equals(until)) {
            return YEAR.name(from);
        }
        return from.plusDays(1).equals(until) ? DAY.name(from) : Optional.empty();
    }

    /** The names of all periods from one to another, those that no row is of as well; empty when that cannot be told, or they are more. */
    public List<String> between(Object first, Object last, int most) {
        Optional<LocalDateTime> from = time(first).filter(this::starts);
        Optional<LocalDateTime> to = time(last).filter(this::starts);
        List<String> names = new ArrayList<>();
        if (from.isEmpty() || to.isEmpty() || to.get().isBefore(from.get())) {
            return names;
        }
        for (LocalDateTime at = from.get(); !at.isAfter(to.get()); at = next(at)) {
            if (names.size() == most) {
                return List.of();
            }
            names.add(name(at).orElseThrow());
        }
        return names;
    }

    private LocalDateTime next(LocalDateTime at) {
        return switch (this) {
            case MINUTE -> at.plusMinutes(1);
            case HOUR -> at.plusHours(1);
            case WEEK -> at.plusWeeks(1);
            case MONTH -> at.plusMonths(1);
            case QUARTER -> at.plusMonths(3);
            case YEAR -> at.plusYears(1);
            default -> at.plusDays(1);
        };
    }

    /** "months", "quarters" … */
    String noun() {
        return switch (this) {
            case MONTH_OF_YEAR -> "month";
            case QUARTER_OF_YEAR -> "quarter";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    private boolean starts(LocalDateTime time) {
        boolean day = time.getHour() == 0 && time.getMinute() == 0 && time.getSecond() == 0 && time.getNano() == 0;
        return switch (this) {
            case YEAR -> day && time.getDayOfYear() == 1;
            case QUARTER -> day && time.getDayOfMonth() == 1 && time.getMonthValue() % 3 == 1;
            case MONTH -> day && time.getDayOfMonth() == 1;
            case WEEK -> day && time.getDayOfWeek() == DayOfWeek.MONDAY;
            case DAY -> day;
            case HOUR -> time.getMinute() == 0 && time.getSecond() == 0;
            default -> time.getSecond() == 0;
        };
    }

    /** A value as a time: as databases give it, or as a text such as {@code 2024-01} or {@code 2024-01-05T10:00Z}. */
    private static Optional<LocalDateTime> time(Object value) {
        if (value instanceof LocalDateTime time) {
            return Optional.of(time);
        } else if (value instanceof LocalDate date) {
            return Optional.of(date.atStartOfDay());
        }
        String text = value == null || value instanceof Number ? "" : value.toString();
        try {
            if (text.length() == 7) {
                return Optional.of(LocalDate.parse(text + "-01").atStartOfDay());
            } else if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay());
            } else if (text.length() > 15) {
                String local = text.replace(' ', 'T').replaceFirst("(?:Z|[+-]\\d\\d(?::?\\d\\d)?)$", "");
                return Optional.of(LocalDateTime.parse(local));
            }
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
