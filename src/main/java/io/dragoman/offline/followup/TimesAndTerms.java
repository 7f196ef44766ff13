package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.offline.time.TimePhrase;
import io.dragoman.offline.time.TimePhrases;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Reads what a question says beside its core: when ("in March 2024", "by month"), which terms of the glossary ("vwap",
 * "open orders"), and comparisons with the whole or the period before. The core is read by itself; then the rest is added
 * to its plan. When the rest cannot be added, the question is read as a whole.
 */
public final class TimesAndTerms {

    /** Parts of a question are read as questions of their own, which have parts: in all so many of one question. */
    private static final int MOST_READINGS = 40;

    private TimesAndTerms() {
    }

    /**
     * The plan of a question.
     *
     * @param question at most 2,000 characters
     * @param group    the schema group
     * @param today    the caller's date
     * @param core     interprets a question without times and terms over the same group
     */
    public static Interpretation read(String question, SchemaGroup group, LocalDate today,
            Function<String, Interpretation> core) {
        return read(question, group, today, core, new AtomicInteger(MOST_READINGS));
    }

    private static Interpretation read(String whole, SchemaGroup group, LocalDate today, Function<String, Interpretation> core, AtomicInteger left) {
        if (left.decrementAndGet() < 0) {
            return new Interpretation.NotUnderstood("The question has too many parts. Ask for one thing at a time.", List.of());
        }
        String question = SalesWords.defined(PeriodComparison.plain(whole), group);
        Optional<Interpretation> share = Shares.read(question, text -> read(text, group, today, core, left));
        if (share.isPresent()) {
            return share.get();
        }
        Optional<Interpretation> average = Averages.read(question, group, text -> read(text, group, today, core, left));
        if (average.isPresent()) {
            return average.get();
        }
        Optional<Interpretation> ratio = Ratios.read(question, group, text -> read(text, group, today, core, left));
        if (ratio.isPresent()) {
            return ratio.get();
        }
        Optional<Interpretation> period = PeriodExtremes.read(question, group, text -> read(text, group, today, core, left));
        if (period.isPresent()) {
            return period.get();
        }
        Optional<Interpretation> compared = PeriodComparison.read(question, today, text -> read(text, group, today, core, left));
        if (compared.isPresent()) {
            return compared.get();
        }
        Optional<Interpretation> sold = SalesRanking.read(question, group, text -> read(text, group, today, core, left));
        if (sold.isPresent()) {
            return sold.get();
        }
        Optional<Interpretation> ordered = Rephrasing.read(question, text -> read(text, group, today, core, left));
        if (ordered.isPresent()) {
            return ordered.get();
        }
        List<Term> terms = Term.in(question, group);
        Optional<Interpretation> read = layered(question, terms, group, today, core);
        if (read.isEmpty() && !terms.isEmpty()) {
            read = layered(question, List.of(), group, today, core);
        }
        if (read.isEmpty() && TimePhrases.find(question, today).stream().anyMatch(TimesAndTerms::compares)) {
            return new Interpretation.NotUnderstood("It is not clear what is compared with the time before.", List.of());
        }
        return Rephrasing.different(question, Rephrasing.summed(question, read.orElseGet(() -> core.apply(question))), group);
    }

    private static boolean compares(TimePhrase phrase) {
        return phrase.certain() && phrase.meaning() instanceof TimeMeaning.Change;
    }

    private static Optional<Interpretation> layered(String question, List<Term> terms, SchemaGroup group, LocalDate today,
            Function<String, Interpretation> core) {
        String rest = question;
        for (Term term : terms) {
            rest = term.replacedIn(rest);
            if (rest == null) {
                return Optional.empty();
            }
        }
        List<TimePhrase> phrases = TimeWords.compared(rest, TimePhrases.find(rest, today).stream()
                .filter(phrase -> phrase.certain() || !TimeWords.nameSomething(phrase, group)).toList(), group);
        if (phrases.isEmpty() && terms.isEmpty()) {
            return Optional.empty();
        }
        if (phrases.stream().anyMatch(TimeWords.alternatives(rest)) || TimeWords.ofSeveralRows(rest, phrases)
                || phrases.stream().noneMatch(TimesAndTerms::compares) && TimeWords.ofNumbers(rest, phrases, group)) {
            return Optional.empty();
        }
        String asked = TimeWords.without(rest, phrases, group);
        if (!(core.apply(asked) instanceof Interpretation.Understood understood) || understood.plan().setOperation() != null
                || Correlation.in(understood.plan()) || phrases.stream().anyMatch(TimePhrase::filters) && (Correlation.related(understood.plan()) || TimeWords.ofEvent(rest, phrases, group, understood.plan()))) {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>(understood.steps());
        LogicalPlan plan = understood.plan();
        for (Term term : terms) {
            plan = term.addedTo(plan, group);
            if (plan == null) {
                return Optional.empty();
            }
            steps.add("Take “" + term.directive().key() + "” as " + term.directive().expression() + ".");
        }
        Turn turn = new Turn("", new PlanEdit(plan), group, today, core);
        turn.adding = true;
        if (!turn.edit.aggregated() && phrases.stream().anyMatch(TimePhrase::groups)) {
            return Optional.empty();
        }
        for (TimePhrase phrase : phrases) {
            if (!TimeChanges.add(turn, phrase, rest.substring(0, phrase.start()))) {
                return Optional.empty();
            }
        }
        steps.addAll(turn.steps);
        List<String> used = new ArrayList<>(understood.directives());
        terms.forEach(term -> used.add(term.directive().key()));
        return Optional.of(new Interpretation.Understood(turn.edit.plan(), steps, used, understood.confidence()));
    }
}
