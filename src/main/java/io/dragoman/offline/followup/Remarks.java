package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what people say of an answer as changes of its plan: what a follow-up may say, in the words of a complaint, and that
 * one column is to be used in place of another. Every remark has to be understood whole; nothing is invented.
 */
public final class Remarks {

    private static final int LONGEST = 2_000;
    private static final Pattern ENDS = Pattern.compile("(?<=[\\p{L}\\d\\])'\"])[.;!]+(?=\\s|$)|[\\n\\r]+");
    private static final Pattern COMPLAINT = Turn.pattern("^(?:(?:no|nope|sorry|but|please|well|hm+|this|that|it|the (?:query|answer|result"
            + "|number|numbers) (?:is|are)|is|'s|isn't|is not|looks|are|all|totally|quite|just|still|not|right|correct|wrong|bad|incorrect"
            + "|what i (?:meant|asked(?: for)?|wanted)|too|almost|nearly|good|nice|thanks|thank you)[,.!]?\\s*)+$");

    /** How a remark opens, and the follow-up that it comes to. */
    private static final List<Opening> OPENINGS = List.of(
            new Opening("^(?:no|nope|sorry|but|please|well|actually|that(?:'s| is) wrong|this is wrong|it(?:'s| is) wrong|wrong)[,:]?\\s+", ""),
            new Opening("^(?:it|this|that|you|they|there|the (?:query|answer|result|results|rows|list|report))\\s+(?:(?:should|must|shall|ought to)"
                    + "(?: not|n't)|may not|do(?:es)?(?: not|n't) need to)\\s+(?:include|contain|show|count|have|list|use|consider|return)\\s+", "without "),
            new Opening("^(?:do not|don't|never)\\s+(?:include|contain|show|count|list|consider|return)\\s+", "without "),
            new Opening("^(?:leave out|leave away|skip|omit|filter out|take out|get rid of|exclude|ignore)\\s+", "without "),
            new Opening("^(?:it|this|that|you|they|the (?:query|answer|result|results|rows|list|report))\\s+(?:should|must|shall|ought to"
                    + "|needs? to|has to|have to)\\s+(?:only|just)\\s+(?:show|include|count|contain|list|be|use|return|give|consider)?\\s*",
                    "only "),
            new Opening("^(?:it|this|that|you|they|the (?:query|answer|result|results|rows|list|report))\\s+(?:should|must|shall|ought to"
                    + "|needs? to|has to|have to)\\s+(?:(?:show|include|count|contain|list|return|give|consider)\\s+only|be (?:filtered|restricted|limited)"
                    + " (?:to|by|on|for))\\s+", "only "),
            new Opening("^(?:it|this|that|you|they|the (?:query|answer|result|results|rows|list|report))\\s+(?:should|must|shall|ought to"
                    + "|needs? to|has to|have to)\\s+(?:be\\s+)?", ""),
            new Opening("^i\\s+(?:only|just)\\s+(?:want|wanted|need|needed|meant|asked for|care about)\\s+", "only "),
            new Opening("^i\\s+(?:want|wanted|need|needed|meant|asked for|would like|expected)\\s+(?:it|them|to see|to have|this)?\\s*", ""),
            new Opening("^(?:make it|show it|show them|give it|do it|can you|could you|try|try it)\\s+(?=\\p{L})", ""),
            new Opening("^(?:group(?:ed)?|break it down|split)\\s+(?:it |them )?by\\s+", "by "));

    private static final Pattern NO = Turn.pattern("^(?:no|nope)(?:\\s*[,:]|\\s+(?=it\\b|i\\b|the\\b|this\\b|that\\b|you\\b))\\s*");
    private static final Pattern BY = Turn.pattern("^(?:.+\\s)?by\\s");
    private static final Pattern NOT_INCLUDED = Turn.pattern("^(.+?)\\s+(?:should|must|shall)(?: not|n't) be (?:included|counted|shown|there"
            + "|in(?: it| there)?|listed|considered)$");
    private static final Pattern MISSING = Turn.pattern("^(?:the\\s+)?(.+?)\\s+(?:is|are)\\s+missing$");

    private Remarks() {
    }

    private record Opening(Pattern pattern, String becomes) {
        Opening(String regex, String becomes) {
            this(Turn.pattern(regex), becomes);
        }
    }

    /**
     * The plan as the remarks have it; what is ambiguous; or which remark was not understood.
     *
     * @param text  at most 2,000 characters, one remark or several
     * @param plan  of the answer
     * @param group the schema group of the plan
     * @param today the caller's date
     * @param fresh interprets a question of its own over the same group
     */
    public static Interpretation apply(String text, LogicalPlan plan, SchemaGroup group, LocalDate today,
            Function<String, Interpretation> fresh) {
        if (text.length() > LONGEST) {
            return lost(text.substring(0, 60) + "…");
        }
        LogicalPlan changed = plan;
        List<String> steps = new ArrayList<>();
        double confidence = 1;
        for (String remark : ENDS.split(text.strip())) {
            String said = NO.matcher(remark.strip().replaceAll("\\s+", " ")).replaceFirst("");
            if (said.isEmpty() || COMPLAINT.matcher(said).matches()) {
                continue;
            }
            Interpretation read = read(said, changed, group, today, fresh);
            if (!(read instanceof Interpretation.Understood understood)) {
                return read;
            }
            changed = understood.plan();
            steps.addAll(understood.steps());
            confidence = Math.min(confidence, understood.confidence());
        }
        return changed.equals(plan)
                ? new Interpretation.NotUnderstood(steps.isEmpty() ? "The feedback does not say what to change."
                        : "The query does what the feedback says already.", List.of())
                : new Interpretation.Understood(changed, steps, List.of(), confidence);
    }

    private static Interpretation read(String said, LogicalPlan plan, SchemaGroup group, LocalDate today,
            Function<String, Interpretation> fresh) {
        Optional<Interpretation> swapped = ColumnSwap.apply(said, plan, group);
        if (swapped.isPresent()) {
            return swapped.get();
        }
        Matcher missing = MISSING.matcher(said);
        if (missing.matches()) {
            Optional<Interpretation> shown = FollowUps.apply("also show the " + missing.group(1), plan, group, today, fresh);
            if (shown.isPresent()) {
                return shown.get();
            }
        }
        Optional<Interpretation> plain = FollowUps.apply(said, plan, group, today, fresh);
        if (plain.isPresent()) {
            return plain.get();
        }
        for (String followUp : followUps(said, new KnownColumns(new PlanEdit(plan), group))) {
            Optional<Interpretation> read = ColumnSwap.apply(followUp, plan, group)
                    .or(() -> FollowUps.apply(followUp, plan, group, today, fresh));
            if (read.isPresent()) {
                return read.get();
            }
        }
        return lost(said);
    }

    /** The remark as a follow-up would be said, the nearest first. */
    private static List<String> followUps(String said, KnownColumns known) {
        List<String> all = new ArrayList<>();
        String shorter = said;
        boolean more = true;
        for (int rounds = 0; more && rounds < 4; rounds++) {
            more = false;
            for (Opening opening : OPENINGS) {
                Matcher matcher = opening.pattern().matcher(shorter);
                if (matcher.find()) {
                    shorter = opening.becomes() + shorter.substring(matcher.end());
                    more = !shorter.startsWith("without ") && !shorter.startsWith("only ");
                    break;
                }
            }
            all.add(shorter);
        }
        Matcher excluded = NOT_INCLUDED.matcher(shorter);
        if (excluded.matches()) {
            all.add("without " + excluded.group(1));
        }
        ColumnSwap.Swap swap = ColumnSwap.said(shorter);
        if (swap != null && BY.matcher(shorter).find()) {
            all.add("by " + swap.wanted() + " instead");
        } else if (swap != null && !known.holding(swap.unwanted()).isEmpty() && !known.holding(swap.wanted()).isEmpty()) {
            all.add("only " + swap.wanted());
        }
        return all;
    }

    private static Interpretation lost(String said) {
        return new Interpretation.NotUnderstood("This feedback could not be used: “" + said + "”. Say in the words of the tables what to"
                + " filter, group, sort, show or leave out, such as “only …”, “by month instead”, “without …” or “use … instead of …”.",
                List.of(said));
    }
}
