package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads windows: a period with its preposition, ranges between periods, and lists of periods. */
final class RangeReader {

    private static final Set<String> AT = Set.of("in", "on", "during", "for", "of", "within", "over", "throughout", "at",
            "as");
    private static final Set<String> TO = Set.of("to", "until", "till", "through", "thru", "-");
    private static final Set<String> ONWARDS = Set.of("on", "onward", "onwards", "forward", "forwards");
    private static final Set<String> MORE = Set.of("more", "over", "longer", "greater", "earlier");
    private static final Set<String> LESS = Set.of("less", "under", "fewer", "within", "later");
    private static final Set<String> LATER = Set.of("later", "after", "newer", "onwards");
    private static final Set<String> EARLIER = Set.of("earlier", "before", "older");
    private static final Set<String> VERSUS = Set.of("vs", "versus", "against");
    /** Words whose "between 2000 and 2010" or "of 2020" speaks of amounts. */
    private static final Set<String> AMOUNTS = Set.of("price", "prices", "cost", "costs", "amount", "amounts", "salary",
            "salaries", "balance", "balances", "quantity", "total", "value", "values", "limit", "size", "weight",
            "volume", "score", "income", "rate", "stock", "points", "id", "number", "priced", "costing", "worth",
            "budget", "premium", "capacity", "credit");
    private static final Set<String> COUNTED = Set.of("dollars", "usd", "euros", "eur", "pounds", "gbp", "units", "items",
            "pieces", "shares", "percent", "points", "km", "kg", "miles", "employees", "people", "rows", "times");

    private final Words words;
    private final LocalDate today;
    private final PeriodReader periods;

    RangeReader(Words words, LocalDate today) {
        this.words = words;
        this.today = today;
        this.periods = new PeriodReader(words, today);
    }

    /** The window at a token; null when there is none. */
    Found read(int at) {
        Token token = words.at(at);
        Found range = switch (token.text()) {
            case "between" -> pair(at + 1, "and");
            case "from" -> from(at);
            case "since" -> open(at + 1, true, false);
            case "after" -> open(at + 1, true, true);
            case "before" -> open(at + 1, false, false);
            case "until", "till", "through" -> open(at + 1, false, true);
            case "prior" -> words.is(at + 1, "to") ? open(at + 2, false, false) : null;
            case "starting" -> words.is(at + 1, "from") ? open(at + 2, true, false) : null;
            case "up" -> words.is(at + 1, "to") || words.is(at + 1, "until") ? limited(open(at + 2, false, true)) : null;
            case "by" -> words.is(words.skip(at + 1, "the"), "end") ? open(at + 1, false, true) : null;
            case "on", "in", "at" -> orBeyond(at);
            case "no", "not" -> than(at + 1, "later") ? open(at + 3, false, true)
                    : than(at + 1, "earlier") ? open(at + 3, true, false) : null;
            case "later", "newer", "earlier", "older" -> compared(at);
            default -> null;
        };
        if (range != null) {
            return range;
        }
        Found ago = ago(at);
        return ago != null ? ago : plain(at);
    }

    private boolean than(int at, String word) {
        return words.is(at, word) && words.is(at + 1, "than");
    }

    /** "up to 2000" is an amount as often as a year. */
    private Found limited(Found found) {
        return found != null && found.certain() ? found : null;
    }

    /** "on or after 5 May 2024". */
    private Found orBeyond(int at) {
        if (!words.is(at + 1, "or")) {
            return null;
        }
        return words.is(at + 2, "after") ? open(at + 3, true, false)
                : words.is(at + 2, "before") ? open(at + 3, false, true) : null;
    }

    private Found compared(int at) {
        if (!words.is(at + 1, "than")) {
            return null;
        }
        boolean newer = words.is(at, "later") || words.is(at, "newer");
        int count = words.count(at + 2);
        TimeUnit unit = words.unit(at + 3);
        if (count > 0 && unit != null && !words.is(at + 4, "ago")) {
            boolean age = unit == TimeUnit.YEAR;
            return new Found(distance(unit, count, newer), at + 4, !age);
        }
        return open(at + 2, newer, newer);
    }

    /** "more than 30 days ago", "less than a week ago". */
    private Found ago(int at) {
        boolean more = words.isAny(at, MORE);
        if (!more && !words.isAny(at, LESS)) {
            return null;
        }
        int number = words.skip(at + 1, "than");
        int count = words.is(number, "a") || words.is(number, "an") ? 1 : words.count(number);
        TimeUnit unit = words.unit(number + 1);
        if (count <= 0 || count > 36_600 || unit == null || !words.is(number + 2, "ago")) {
            return null;
        }
        return new Found(distance(unit, count, !more), number + 3, true);
    }

    private TimeMeaning distance(TimeUnit unit, int count, boolean newer) {
        TimeUnit startOf = unit.compareTo(TimeUnit.DAY) < 0 ? TimeUnit.SECOND : TimeUnit.DAY;
        Bound bound = Bound.relative(unit, -count, startOf, today);
        return newer ? new TimeMeaning.Window(bound, null) : new TimeMeaning.Window(null, bound);
    }

    /** A window with one bound. */
    private Found open(int at, boolean low, boolean behind) {
        Read read = bounding(at, null);
        if (read == null || amount(read.next())) {
            return null;
        }
        Bound bound = behind ? read.period().high() : read.period().low();
        return new Found(low ? new TimeMeaning.Window(bound, null) : new TimeMeaning.Window(null, bound), read.next(),
                true);
    }

    /** A period, or a clock time with its day behind it ("10am yesterday"), that bounds a range. */
    private Read bounding(int at, Integer year) {
        Read read = periods.read(at, true, year);
        LocalTime time = read == null ? ClockReader.time(words.at(at)) : null;
        if (time == null) {
            return read;
        }
        int day = words.is(at + 1, "on") || words.is(at + 1, "of") ? at + 2 : at + 1;
        Read of = periods.read(day, true, year);
        return of == null || !PeriodReader.oneDay(of.period()) ? null
                : of.to(periods.moment(of.period(), time), of.next());
    }

    private Found from(int at) {
        Found pair = pair(at + 1, null);
        if (pair != null) {
            return pair;
        }
        Read read = bounding(at + 1, null);
        if (read == null || amount(read.next())) {
            return null;
        }
        if (words.isAny(read.next(), ONWARDS)) {
            return new Found(new TimeMeaning.Window(read.period().low(), null), read.next() + 1, true);
        }
        return new Found(read.period().window(), read.next(), read.certain());
    }

    /** Two periods with a word between them, from the start of the first to the end of the second. */
    private Found pair(int at, String joint) {
        Read first = bounding(at, null);
        if (first == null) {
            return days(at, joint);
        }
        if (!joins(first.next(), joint)) {
            return null;
        }
        int second = first.next() + 1 + (words.is(first.next(), "up") ? 1 : 0);
        Read last = bounding(second, null);
        if (last == null || amount(last.next())) {
            return null;
        }
        if (first.yearless() && !last.yearless()) {
            int year = last.period().high().at().minusSeconds(1).getYear();
            first = bounding(at, year);
            if (first.period().low().at().isAfter(last.period().low().at())) {
                first = bounding(at, year - 1);
            }
        } else if (last.yearless() && !first.yearless()) {
            int year = first.period().low().at().getYear();
            last = bounding(second, year);
            if (last.period().high().at().isBefore(first.period().low().at())) {
                last = bounding(second, year + 1);
            }
        } else if (first.yearless() && first.period().low().at().isAfter(last.period().low().at())) {
            first = bounding(at, first.period().low().at().getYear() - 1);
        }
        if (!first.period().low().at().isBefore(last.period().high().at())) {
            return null;
        }
        boolean bareYears = !first.certain() || !last.certain();
        if (bareYears && words.isAny(at - 2, AMOUNTS)) {
            return null;
        }
        boolean certain = !bareYears || !"and".equals(joint);
        return new Found(new TimeMeaning.Window(first.period().low(), last.period().high()), last.next(), certain);
    }

    /** "5 to 10 March 2024", "March 5 - 10, 2024" is read from its first day. */
    private Found days(int at, String joint) {
        Token first = words.at(at);
        if (first.number() < 1 || first.number() > 31 || !joins(at + 1, joint)) {
            return null;
        }
        Read last = periods.read(at + 2, true, null);
        if (last == null || !PeriodReader.oneDay(last.period()) || !literal(last.period())
                || last.period().low().at().getDayOfMonth() <= first.number()) {
            return null;
        }
        LocalDate day = last.period().low().at().toLocalDate().withDayOfMonth(first.number());
        return new Found(new TimeMeaning.Window(Bound.day(day), last.period().high()), last.next(), true);
    }

    private static boolean literal(Period period) {
        return period.low().expression() instanceof Expression.Literal literal
                && literal.type() == DataType.DATE;
    }

    private boolean joins(int at, String joint) {
        if (joint != null) {
            return words.is(at, joint);
        }
        return words.is(at, "-") || words.isAny(at, TO) || words.are(at, "up", "to");
    }

    /** A period with its preposition or none, or several of them. */
    private Found plain(int at) {
        boolean preposition = words.isAny(at, AT);
        int start = words.is(at, "as") && words.is(at + 1, "of") ? at + 2 : preposition ? at + 1 : at;
        start = words.are(start, "all", "of") ? start + 2 : start;
        Found pair = pair(start, null);
        if (pair != null && (preposition && !words.is(at, "of") || pair.certain())) {
            return pair;
        }
        boolean strong = preposition && !words.is(at, "over") && !words.is(at, "at") && !words.is(at, "within")
                && !words.is(at, "as");
        Read first = periods.read(start, strong, null);
        if (first == null || first.point() || amount(first.next())) {
            return null;
        }
        boolean bareYear = words.at(start).isYear() && first.next() == start + 1;
        if (bareYear && (words.is(at, "on") || words.isAny(at - 1, AMOUNTS) && !words.is(at, "in"))) {
            return null;
        }
        boolean open = (words.is(first.next(), "or") || words.is(first.next(), "and")) && (words.isAny(first.next() + 1, LATER)
                || words.isAny(first.next() + 1, EARLIER));
        if (open) {
            boolean later = words.isAny(first.next() + 1, LATER);
            return new Found(later ? new TimeMeaning.Window(first.period().low(), null)
                    : new TimeMeaning.Window(null, first.period().high()), first.next() + 2, true);
        }
        List<TimeMeaning.Window> windows = new ArrayList<>();
        int next = list(first, start, windows);
        boolean said = words.is(at, "in") || words.is(at, "during") || words.is(at, "throughout");
        boolean each = words.is(at - 1, "both") && windows.size() == 2 && !windows.get(0).equals(windows.get(1));
        return new Found(each ? new TimeMeaning.EachOf(windows) : merged(windows), next, bareYear ? said : first.certain());
    }

    /** Adds the period and those listed after it; gives the index behind them. */
    private int list(Read first, int start, List<TimeMeaning.Window> windows) {
        List<Integer> starts = new ArrayList<>(List.of(start));
        List<Read> reads = new ArrayList<>(List.of(first));
        Read last = first;
        while (reads.size() < 12) {
            int next = connected(last.next());
            Read read = next < 0 ? null : periods.read(next, true, null);
            if (read == null || read.point() || amount(read.next())) {
                break;
            }
            starts.add(next);
            reads.add(read);
            last = read;
        }
        Integer year = last.yearless() ? null : last.period().low().at().getYear();
        for (int i = 0; i < reads.size(); i++) {
            Read read = reads.get(i);
            windows.add((read.yearless() && year != null ? periods.read(starts.get(i), true, year) : read).period()
                    .window());
        }
        return last.next();
    }

    /** The index of a listed period behind a comma, "and", "or" or "versus"; -1 for none. */
    private int connected(int at) {
        int next = words.skip(at, ",");
        boolean word = words.is(next, "and") || words.is(next, "or") || words.isAny(next, VERSUS);
        boolean compared = words.is(next, "compared") && (words.is(next + 1, "to") || words.is(next + 1, "with"));
        next += compared ? 2 : word ? 1 : 0;
        if (next == at) {
            return -1;
        }
        return words.is(next, "in") || words.is(next, "during") ? next + 1 : next;
    }

    private static TimeMeaning merged(List<TimeMeaning.Window> windows) {
        List<TimeMeaning.Window> merged = new ArrayList<>();
        for (TimeMeaning.Window window : windows) {
            TimeMeaning.Window last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.high().equals(window.low())) {
                merged.set(merged.size() - 1, new TimeMeaning.Window(last.low(), window.high()));
            } else if (last != null && window.high().equals(last.low())) {
                merged.set(merged.size() - 1, new TimeMeaning.Window(window.low(), last.high()));
            } else if (!merged.contains(window)) {
                merged.add(window);
            }
        }
        return merged.size() == 1 ? merged.get(0) : new TimeMeaning.AnyOf(merged);
    }

    /** Whether what stands behind a number shows that it counts things. */
    private boolean amount(int next) {
        return words.at(next - 1).isYear() && (words.isAny(next, COUNTED) || words.is(next, "%")
                || words.is(next - 2, "$") || words.is(next - 2, "€") || words.is(next - 2, "£"));
    }
}
