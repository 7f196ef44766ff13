package io.dragoman.offline.followup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a question for a ratio: <i>ratio of cancelled to delivered orders by city</i>.
 *
 * @param part    what is divided, such as <i>cancelled</i>
 * @param whole   what it is divided by, with what is said of both, such as <i>delivered orders by city</i>
 * @param percent whether it is asked for in percent
 * @param named   whether the part has to be named, as other words would only say which of the whole are meant
 */
record RatioWords(String part, String whole, boolean percent, boolean named) {

    private RatioWords(String part, String whole, boolean percent) {
        this(part, whole, percent, false);
    }


    private static final int MOST = 4;
    private static final Pattern ASKS = Pattern.compile("(?i)\\b(?:ratio|percentage|percent|share|proportion|fraction|how many times)\\b|%");
    private static final String OPENING = "(?i)^(?:(?:please|so|and|now)\\s+)*(?:(?:can|could) you\\s+)?"
            + "(?:what(?:'s|s)?|show|give|tell|calculate|compute|find|list|display|report|return|get|determine)?\\s*(?:me |us )?"
            + "(?:(?:is|are|was|were)\\s+)?(?:(?:the|a|an|our)\\s+)?";
    private static final Pattern FRONT = Pattern.compile("(?i)^((?:for|in|during|by|per|since|within|among|across)\\s[^,]{2,80}),\\s*(.+)$");
    private static final Pattern HOW = Pattern.compile("(?i)^how (?:does|do|did|has|have) the (ratio (?:of|between) .+?) "
            + "(?:changed?|var(?:y|ied)|differ(?:ed)?|developed|develop|evolved?|compared?)(?: (?:across|between|among|with|from|by|over))?"
            + "(?: (?:different|the|each|all))* (.+)$");
    private static final Pattern OF = Pattern.compile(OPENING + "ratio (?:of|between) (?:the )?(.+)$");
    private static final Pattern NAMED = Pattern.compile(OPENING + "(.+?)[\\s-]+to[\\s-]+(.+?)[\\s-]+ratio\\b(.*)$");
    private static final Pattern AS_PERCENT = Pattern.compile(OPENING
            + "(.+?) (?:as|in) (?:an? )?(?:percentage|percent|share|fraction|proportion|%) of (?:the )?(.+)$");
    private static final Pattern PERCENT_IS = Pattern.compile("(?i)^(?:what|which) (?:percentage|percent|share|fraction|proportion) of (?:the )?"
            + "(.+?) (?:is|are|was|were|makes? up|made up|comes? from) (?:the )?(.+)$");
    private static final Pattern TIMES = Pattern.compile("(?i)^how many times (?:more|as many|as much|greater|larger|higher|bigger) "
            + "(?:(?:is|are|was|were) )?(?:the )?(.+?) (?:than|as) (?:the )?(.+)$");
    private static final Pattern THERE = Pattern.compile("(?i)\\s+(?:are there|do we have|did we have|were there|there are|exist|is|are|was|were)(?=\\s|$)");
    private static final Pattern STATE = Pattern.compile("(?i)^(.+? (?:are|is|were|was|have been|has been)) \\S+$");
    private static final List<Pattern> SEPARATORS = List.of(Pattern.compile("(?i) to (?:the )?"),
            Pattern.compile("(?i) (?:versus|vs\\.?|against|compared (?:to|with)|relative to|divided by|out of|over) (?:the )?"));
    private static final Pattern AND = Pattern.compile("(?i) and (?:the )?");

    /** What may be divided by what, the likeliest first; empty when the question asks for no ratio. */
    static List<RatioWords> of(String question) {
        String text = question.trim().replaceFirst("[?.!\\s]+$", "");
        if (!ASKS.matcher(text).find()) {
            return List.of();
        }
        Matcher front = FRONT.matcher(text);
        if (front.matches() && front.group(2).toLowerCase(Locale.ROOT).contains("ratio")) {
            text = front.group(2) + " " + front.group(1);
        }
        Matcher how = HOW.matcher(text);
        if (how.matches()) {
            text = how.group(1) + " " + by(how.group(2));
        }
        Matcher of = OF.matcher(text);
        if (of.matches()) {
            return split(of.group(1), text.toLowerCase(Locale.ROOT).contains("ratio between"));
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return List.of(new RatioWords(named.group(1).trim(), named.group(2) + named.group(3), false));
        }
        Matcher times = TIMES.matcher(text);
        if (times.matches()) {
            return List.of(times(times.group(1), THERE.matcher(times.group(2)).replaceAll("")));
        }
        Matcher percent = AS_PERCENT.matcher(text);
        if (percent.matches()) {
            return List.of(new RatioWords(percent.group(1), percent.group(2), true));
        }
        Matcher is = PERCENT_IS.matcher(text);
        return is.matches() ? List.of(new RatioWords(is.group(2), is.group(1), true, true)) : List.of();
    }

    /** <i>Over the years</i> and <i>across categories</i> say how to group. */
    private static String by(String groups) {
        String lower = groups.toLowerCase(Locale.ROOT);
        if (lower.matches("(?:years|months|weeks|days|quarters)\\b.*")) {
            return "by " + groups.substring(0, groups.indexOf('s')) + groups.substring(groups.indexOf('s') + 1);
        }
        return lower.equals("time") ? "over time" : "by " + groups;
    }

    private static List<RatioWords> split(String text, boolean between) {
        List<RatioWords> found = new ArrayList<>();
        List<Pattern> separators = new ArrayList<>(between ? List.of(AND) : List.of());
        separators.addAll(SEPARATORS);
        for (Pattern separator : separators) {
            Matcher matcher = separator.matcher(text);
            while (matcher.find() && found.size() < MOST) {
                if (matcher.start() > 0) {
                    found.add(new RatioWords(text.substring(0, matcher.start()).trim(), text.substring(matcher.end()).trim(), false));
                }
            }
        }
        return found;
    }

    /** <i>How many times more orders are delivered than cancelled</i>: the verb is of both. */
    private static RatioWords times(String part, String whole) {
        Matcher state = STATE.matcher(part);
        boolean bare = state.matches() && whole.indexOf(' ') < 0;
        return new RatioWords(part, bare ? state.group(1) + " " + whole : whole, false);
    }
}
