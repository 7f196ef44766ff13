package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression.DatePart;
import io.dragoman.offline.plan.Expression.TimeUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads buckets and calendar parts: "by month", "every 5 minutes", "hourly", "by day of the week", "on Mondays". */
final class BucketReader {

    private static final Set<String> PER = Set.of("by", "per", "each", "every");
    private static final Set<String> SPANS = Set.of("interval", "intervals", "bucket", "buckets", "bar", "bars", "bin",
            "bins", "window", "windows", "candle", "candles", "chunks", "increments");
    private static final Set<String> ORDERS = Set.of("sort", "sorted", "order", "ordered", "arrange", "arranged");
    private static final Set<String> AFTER_ADVERB = Set.of("basis", "breakdown", "trend", "totals", "summary", "figures");
    private static final Map<String, TimeUnit> ADVERBS = Map.of("hourly", TimeUnit.HOUR, "daily", TimeUnit.DAY,
            "weekly", TimeUnit.WEEK, "monthly", TimeUnit.MONTH, "quarterly", TimeUnit.QUARTER, "yearly", TimeUnit.YEAR,
            "annually", TimeUnit.YEAR, "annual", TimeUnit.YEAR);
    private static final int MOST = 10_000;

    private final Words words;

    BucketReader(Words words) {
        this.words = words;
    }

    /** The bucket, calendar part or recurring weekday at a token; null when there is none. */
    Found read(int at) {
        Token token = words.at(at);
        if (token.kind() == Token.Kind.NUMBER) {
            return counted(at);
        }
        if (!token.isWord()) {
            return null;
        }
        if (words.isAny(at, PER)) {
            return per(at, at + 1);
        }
        if ((words.is(at, "for") || words.is(at, "in")) && (words.is(at + 1, "each") || words.is(at + 1, "every"))) {
            return per(at, at + 2);
        }
        if (words.is(at, "in") && words.count(at + 1) > 0) {
            return counted(at + 1);
        }
        if (words.is(at, "on")) {
            return on(at);
        }
        if (words.are(at, "over", "time")) {
            return new Found(new TimeMeaning.Bucket(TimeUnit.MONTH, 1), at + 2, false);
        }
        return adverb(at);
    }

    private Found per(int at, int behind) {
        if (sorts(at)) {
            return null;
        }
        int next = words.skip(words.skip(behind, "the"), "calendar");
        boolean weekday = words.is(next, "weekday") || words.is(next, "weekdays") || words.are(next, "day", "of", "week")
                || words.are(next, "day", "of", "the", "week");
        if (weekday) {
            int end = words.unit(next) == null ? next + 1 : words.is(next + 2, "the") ? next + 4 : next + 3;
            return new Found(new TimeMeaning.Part(DatePart.Part.WEEKDAY), end, true);
        }
        int count = words.count(next);
        if (count > 0 && count <= MOST) {
            TimeUnit unit = words.unit(next + 1);
            return unit == null ? null : new Found(new TimeMeaning.Bucket(unit, count), spans(next + 2), true);
        }
        TimeUnit unit = words.unit(next);
        if (unit == null || words.at(next).text().endsWith("s") && !words.is(behind, "the")) {
            return null;
        }
        if (words.is(next + 1, "of")) {
            return part(next, unit);
        }
        if (words.is(next + 1, "and") && (unit == TimeUnit.YEAR && words.is(next + 2, "month")
                || unit == TimeUnit.MONTH && words.is(next + 2, "year"))) {
            return new Found(new TimeMeaning.Bucket(TimeUnit.MONTH, 1), next + 3, true);
        }
        return new Found(new TimeMeaning.Bucket(unit, 1), spans(next + 1), unit != TimeUnit.SECOND || words.is(at, "per"));
    }

    /** "hour of the day", "month of the year". */
    private Found part(int at, TimeUnit unit) {
        int whole = words.skip(at + 2, "the");
        TimeUnit of = words.unit(whole);
        if (of == null) {
            return null;
        }
        DatePart.Part part = switch (unit) {
            case MINUTE -> of == TimeUnit.HOUR ? DatePart.Part.MINUTE : null;
            case HOUR -> of == TimeUnit.DAY ? DatePart.Part.HOUR : null;
            case DAY -> of == TimeUnit.MONTH ? DatePart.Part.DAY : null;
            case WEEK -> of == TimeUnit.YEAR ? DatePart.Part.WEEK : null;
            case MONTH -> of == TimeUnit.YEAR ? DatePart.Part.MONTH : null;
            case QUARTER -> of == TimeUnit.YEAR ? DatePart.Part.QUARTER : null;
            default -> null;
        };
        return part == null ? null : new Found(new TimeMeaning.Part(part), whole + 1, true);
    }

    /** "5-minute bars", "15 min intervals". */
    private Found counted(int at) {
        int count = words.count(at);
        int unitAt = words.skip(at + 1, "-");
        TimeUnit unit = words.unit(unitAt);
        if (count <= 0 || count > MOST || unit == null || !words.isAny(unitAt + 1, SPANS)) {
            return null;
        }
        return new Found(new TimeMeaning.Bucket(unit, count), unitAt + 2, true);
    }

    private int spans(int at) {
        return words.isAny(at, SPANS) ? at + 1 : at;
    }

    private Found on(int at) {
        int weekday = words.weekday(at + 1);
        if (weekday > 0) {
            return new Found(new TimeMeaning.Recurring(DatePart.Part.WEEKDAY, List.of(weekday)), at + 2, true);
        }
        int next = words.skip(at + 1, "the");
        if (words.is(next, "weekend") || words.is(next, "weekends")) {
            return new Found(new TimeMeaning.Recurring(DatePart.Part.WEEKDAY, List.of(6, 7)), next + 1, true);
        }
        if (words.is(next, "weekdays")) {
            return new Found(new TimeMeaning.Recurring(DatePart.Part.WEEKDAY, List.of(1, 2, 3, 4, 5)),
                    next + 1, true);
        }
        boolean basis = (words.is(at + 1, "a") || words.is(at + 1, "an")) && words.is(at + 3, "basis")
                && words.isAny(at + 2, ADVERBS.keySet());
        return basis ? new Found(new TimeMeaning.Bucket(ADVERBS.get(words.at(at + 2).text()), 1), at + 4, true) : null;
    }

    private Found adverb(int at) {
        TimeUnit unit = ADVERBS.get(words.at(at).text());
        if (unit != null) {
            boolean spans = words.isAny(at + 1, SPANS) || words.isAny(at + 1, AFTER_ADVERB);
            Token behind = words.at(at + 1);
            boolean last = behind.kind() == Token.Kind.END || behind.kind() == Token.Kind.MARK;
            return new Found(new TimeMeaning.Bucket(unit, 1), spans ? at + 2 : at + 1,
                    (spans || last) && !words.is(at, "annual"));
        }
        TimeUnit twice = words.unit(at);
        if (twice != null && words.is(at + 1, "by") && words.is(at + 2, words.at(at).text())) {
            return new Found(new TimeMeaning.Bucket(twice, 1), at + 3, true);
        }
        return twice != null && !words.at(at).text().endsWith("s") && words.isAny(at + 1, SPANS)
                ? new Found(new TimeMeaning.Bucket(twice, 1), at + 2, true) : null;
    }

    /** Whether the "by" at a token is that of an order: "sort them by month". */
    private boolean sorts(int at) {
        if (!words.is(at, "by")) {
            return false;
        }
        for (int back = 1; back <= 3; back++) {
            if (words.isAny(at - back, ORDERS)) {
                boolean noun = words.is(at - back, "order") && at - back > 0 && !words.is(at - back - 1, "and")
                        && !words.is(at - back - 1, ",") && !words.is(at - back - 1, "then");
                return !noun;
            }
        }
        return false;
    }
}
