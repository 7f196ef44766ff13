package io.dragoman.offline.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a question into tokens, in one pass. What stands in quotes is data and is not looked into, but for a lone date. */
final class Lexer {

    private static final int LONGEST = 10_000;
    private static final int LONGEST_QUOTE = 200;

    private final String text;
    private final int length;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.length = Math.min(text.length(), LONGEST);
        this.text = text.substring(0, length);
    }

    /** The tokens in order; characters past the first 10,000 are not looked at. */
    static List<Token> tokens(String question) {
        Lexer lexer = new Lexer(question);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < length) {
            char c = text.charAt(at);
            if (digit(at)) {
                digits();
            } else if (Character.isLetter(c) || c == '_') {
                word();
            } else if (c == '"' || c == '“' || c == '\'' && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))) {
                quote(c == '“' ? '”' : c);
            } else {
                if (c == ',' || c == '-' || c == '–' || c == '$' || c == '€' || c == '£' || c == '%' || c == '.') {
                    tokens.add(Token.mark(Token.Kind.MARK, c == '–' ? "-" : String.valueOf(c), at, at + 1));
                }
                at++;
            }
        }
    }

    private void quote(char close) {
        int end = at + 1;
        int last = Math.min(length, at + LONGEST_QUOTE);
        while (end < last && text.charAt(end) != close) {
            end++;
        }
        if (end == last) {
            at++;
            return;
        }
        List<Token> inside = tokens(text.substring(at + 1, end));
        if (inside.size() == 1 && inside.get(0).kind() == Token.Kind.DATE) {
            tokens.add(Token.date(inside.get(0).period(), at, end + 1));
        } else {
            tokens.add(Token.mark(Token.Kind.QUOTED, "", at, end + 1));
        }
        at = end + 1;
    }

    private void word() {
        int start = at;
        while (at < length && !ends(at)) {
            at++;
        }
        String word = text.substring(start, at).toLowerCase(Locale.ROOT);
        boolean possessive = at + 1 < length && (text.charAt(at) == '\'' || text.charAt(at) == '’')
                && (text.charAt(at + 1) == 's' || text.charAt(at + 1) == 'S')
                && (at + 2 >= length || !Character.isLetterOrDigit(text.charAt(at + 2)));
        if (possessive) {
            at += 2;
        } else if (at < length && (text.charAt(at) == '\'' || text.charAt(at) == '’') && word.endsWith("s")) {
            at++;
        } else if (at + 1 < length && text.charAt(at) == '\'' && Character.isLetter(text.charAt(at + 1))) {
            at++;
            while (at < length && !ends(at)) {
                at++;
            }
        }
        tokens.add(Token.word(word, start, at, Character.isUpperCase(text.charAt(start))));
    }

    private void digits() {
        int start = at;
        int first = run(start);
        if (first - start <= 4 && (dateFrom(start, first) || clockFrom(start, first))) {
            return;
        }
        at = first;
        if (first - start == 4 && at < length && (text.charAt(at) == 's' || text.startsWith("'s", at)) && ends(
                at + (text.charAt(at) == 's' ? 1 : 2)) && text.charAt(first - 1) == '0') {
            at += text.charAt(at) == 's' ? 1 : 2;
            tokens.add(Token.number(Token.Kind.DECADE, "", start, at, value(start, first)));
            return;
        }
        if (first - start == 2 && at < length && text.charAt(at) == 's' && ends(at + 1) && text.charAt(first - 1) == '0') {
            at++;
            int decade = value(start, first);
            tokens.add(Token.number(Token.Kind.DECADE, "", start, at, decade < 30 ? 2000 + decade : 1900 + decade));
            return;
        }
        if (first - start <= 2 && at + 1 < length && ordinalSuffix(at) && ends(at + 2)) {
            at += 2;
            tokens.add(Token.number(Token.Kind.ORDINAL, text.substring(start, first), start, at, value(start, first)));
            return;
        }
        boolean whole = true;
        while (at + 1 < length && (text.charAt(at) == '.' || text.charAt(at) == ',') && digit(at + 1)) {
            whole = false;
            at = run(at + 1);
        }
        boolean glued = start > 0 && text.charAt(start - 1) == '-' && start > 1 && Character.isLetterOrDigit(
                text.charAt(start - 2)) || at < length && text.charAt(at) == '_';
        int value = whole && !glued && at - start <= 6 ? value(start, at) : -1;
        tokens.add(Token.number(Token.Kind.NUMBER, text.substring(start, Math.min(at, start + 20)), start, at, value));
    }

    /** {@code 2024-03-05}, with a time of day or without, {@code 2024-03}, {@code 5/3/2024}, {@code 05.03.2024}. */
    private boolean dateFrom(int start, int first) {
        if (first >= length || start > 0 && (text.charAt(start - 1) == '-' || text.charAt(start - 1) == '/')) {
            return false;
        }
        char separator = text.charAt(first);
        if (separator != '-' && separator != '/' && separator != '.') {
            return false;
        }
        int second = run(first + 1);
        if (second == first + 1 || second - first > 3) {
            return false;
        }
        boolean third = second < length && text.charAt(second) == separator && digit(second + 1);
        int end = third ? run(second + 1) : second;
        boolean clock = third && end < length && (text.charAt(end) == 'T' || text.charAt(end) == 'D') && digit(end + 1);
        boolean longer = end < length && "/-.".indexOf(text.charAt(end)) >= 0 && digit(end + 1);
        if (longer || !clock && !ends(end)) {
            return false;
        }
        try {
            int a = value(start, first);
            int b = value(first + 1, second);
            if (!third) {
                if (first - start != 4 || separator != '-' || second - first != 3 || a < 1800 || a > 2199) {
                    return false;
                }
                tokens.add(Token.date(Period.months(LocalDate.of(a, b, 1), 1), start, second));
                at = second;
                return true;
            }
            int lastDigits = end - second - 1;
            if (first - start == 4 && lastDigits <= 2) {
                at = end;
                withTimeOfDay(LocalDate.of(a, b, value(second + 1, end)), start);
                return true;
            }
            if (first - start <= 2 && lastDigits == 4) {
                boolean dayFirst = separator == '.' || a > 12;
                tokens.add(Token.date(Period.day(LocalDate.of(value(second + 1, end), dayFirst ? b : a,
                        dayFirst ? a : b)), start, end));
                at = end;
                return true;
            }
            return false;
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    private void withTimeOfDay(LocalDate day, int start) {
        int clock = at + 1;
        if (at < length && (text.charAt(at) == 'T' || text.charAt(at) == 'D' || text.charAt(at) == ' ') && digit(clock)) {
            int end = clockEnd(clock);
            LocalTime time = end < 0 ? null : time(clock, end);
            if (time != null) {
                at = end < length && text.charAt(end) == 'Z' ? end + 1 : end;
                tokens.add(Token.date(Period.moment(LocalDateTime.of(day, time), end - clock > 5), start, at));
                return;
            }
        }
        tokens.add(Token.date(Period.day(day), start, at));
    }

    private boolean clockFrom(int start, int first) {
        if (first - start > 2) {
            return false;
        }
        int end = clockEnd(start);
        LocalTime time = end < 0 ? value(start, first) <= 24 ? LocalTime.of(value(start, first) % 24, 0) : null
                : time(start, end);
        int after = end < 0 ? first : end;
        int suffix = after < length && text.charAt(after) == ' ' ? after + 1 : after;
        int markEnd = meridiem(suffix);
        if (markEnd > 0 && time != null && time.getHour() <= 12) {
            boolean pm = Character.toLowerCase(text.charAt(suffix)) == 'p';
            time = time.withHour(time.getHour() % 12 + (pm ? 12 : 0));
            at = markEnd;
            tokens.add(Token.clock(time, true, start, at));
            return true;
        }
        if (text.startsWith(" o'clock", after) && time != null) {
            at = after + 8;
            tokens.add(Token.clock(time, false, start, at));
            return true;
        }
        if (end < 0 || time == null || !ends(end)) {
            return false;
        }
        at = end;
        tokens.add(Token.clock(time, true, start, at));
        return true;
    }

    /** The end of {@code am}, {@code p.m.} and the like at a position; -1 when there is none. */
    private int meridiem(int from) {
        if (from + 1 >= length || "aApP".indexOf(text.charAt(from)) < 0) {
            return -1;
        }
        int m = text.charAt(from + 1) == '.' ? from + 2 : from + 1;
        if (m >= length || Character.toLowerCase(text.charAt(m)) != 'm') {
            return -1;
        }
        int end = m > from + 1 && m + 1 < length && text.charAt(m + 1) == '.' ? m + 2 : m + 1;
        return ends(end) ? end : -1;
    }

    private int clockEnd(int start) {
        int hours = run(start);
        if (hours - start > 2 || hours >= length || text.charAt(hours) != ':' || run(hours + 1) != hours + 3) {
            return -1;
        }
        int end = hours + 3;
        if (end < length && text.charAt(end) == ':' && run(end + 1) == end + 3) {
            end += 3;
            if (end + 1 < length && text.charAt(end) == '.' && digit(end + 1)) {
                end = run(end + 1);
            }
        }
        return end;
    }

    private LocalTime time(int start, int end) {
        int colon = text.indexOf(':', start);
        int hour = value(start, colon);
        int minute = value(colon + 1, colon + 3);
        int second = end - colon >= 6 ? value(colon + 4, colon + 6) : 0;
        return hour < 24 && minute < 60 && second < 60 ? LocalTime.of(hour, minute, second) : null;
    }

    private boolean ordinalSuffix(int from) {
        return text.startsWith("st", from) || text.startsWith("nd", from) || text.startsWith("rd", from)
                || text.startsWith("th", from);
    }

    private int run(int from) {
        int end = from;
        while (end < length && digit(end)) {
            end++;
        }
        return end;
    }

    private boolean digit(int index) {
        return index < length && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private boolean ends(int index) {
        return index >= length || !Character.isLetterOrDigit(text.charAt(index)) && text.charAt(index) != '_';
    }

    private int value(int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }
}
