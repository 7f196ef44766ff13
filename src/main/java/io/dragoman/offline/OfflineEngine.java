package io.dragoman.offline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.offline.followup.FollowUps;
import io.dragoman.offline.followup.Remarks;
import io.dragoman.offline.followup.TimesAndTerms;
import io.dragoman.offline.intent.IntentClassifier;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.time.TimePhrase;
import io.dragoman.offline.time.TimePhrases;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.search.TableHit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The semantic parser: question → logical plan, by rules, over any schema group. Thread-safe, no I/O. */
@Service
public class OfflineEngine {

    private final IntentClassifier intents = new IntentClassifier();

    private static final int READINGS = 10;
    /** How much less of the question an answer may explain than a reading whose tables cannot be joined. */
    private static final double LOST = 0.15;

    /** By identity: groups are immutable snapshots. */
    private final Cache<SchemaGroup, CompiledGroup> compiled = Caffeine.newBuilder().weakKeys().build();

    /**
     * Interprets a question.
     *
     * @param question in plain language, at most 2,000 characters
     * @param group    the schema group; what is compiled from it is kept while the same instance is passed
     * @param hits     the tables that retrieval found, best first; empty considers all tables
     * @param previous the plan of the question before in the same conversation, for follow-ups; null for none
     * @param today    the caller's date, for checking dates (relative dates stay relative in the plan)
     */
    public Interpretation interpret(String question, SchemaGroup group, List<TableHit> hits, LogicalPlan previous,
            LocalDate today) {
        Spelling spelling = Spelling.of(question, compiled.get(group, CompiledGroup::new).lexicon(hits));
        return spelling.told(read(spelling.text(), group, hits, previous, today));
    }

    private Interpretation read(String question, SchemaGroup group, List<TableHit> hits, LogicalPlan previous, LocalDate today) {
        boolean followUp = previous != null && intents.classify(question, true).followUp();
        List<TableHit> near = followUp ? withTables(previous, group, hits) : hits;
        SchemaGroup part = part(group, near);
        Function<String, Interpretation> fresh = text -> TimesAndTerms.read(text, part, today,
                core -> compose(core, group, near, today));
        if (followUp) {
            Optional<Interpretation> changed = FollowUps.apply(question, previous, part, today, fresh);
            if (changed.isPresent()) {
                return changed.get();
            }
        }
        Interpretation own = fresh.apply(question);
        if (previous != null && !followUp && own instanceof Interpretation.NotUnderstood) {
            return FollowUps.apply(question, previous, part, today, fresh).orElse(own);
        }
        return own;
    }

    /**
     * Reads what somebody said of an answer as a change of its plan, never as a question of its own.
     *
     * @param remark such as "only AAPL" or "use unit_price, not price"
     * @param group  the schema group of the plan
     * @param plan   of the answer
     * @param today  the caller's date
     */
    public Interpretation revise(String remark, SchemaGroup group, LogicalPlan plan, LocalDate today) {
        SchemaGroup part = part(group, withTables(plan, group, List.of()));
        return Remarks.apply(remark, plan, part, today, text -> TimesAndTerms.read(text, part, today,
                core -> compose(core, group, List.of(), today)));
    }

    /** The hits, and the tables of the question before, which a follow-up is likely about. */
    private static List<TableHit> withTables(LogicalPlan previous, SchemaGroup group, List<TableHit> hits) {
        if (hits.isEmpty()) {
            return hits;
        }
        List<TableHit> all = new ArrayList<>();
        previous.from().forEach(source -> all.add(new TableHit(null, group.name(), source.definition(), source.table(), 1,
                List.of("in the question before"))));
        all.addAll(hits);
        return all;
    }

    /** Of a large group the tables that were hit, which are enough for times, terms and follow-ups. */
    private static SchemaGroup part(SchemaGroup group, List<TableHit> hits) {
        if (group.tables().size() <= CompiledGroup.SMALL || hits.isEmpty()) {
            return group;
        }
        return group.part(hits.stream().map(TableHit::table).collect(Collectors.toSet()));
    }

    private Interpretation compose(String question, SchemaGroup group, List<TableHit> hits, LocalDate today) {
        CompiledGroup known = compiled.get(group, CompiledGroup::new);
        Lexicon lexicon = known.lexicon(hits);
        List<Token> tokens = Tokenizer.tokenize(question);
        List<TimePhrase> times = TimePhrases.find(question, today);
        List<Link> links = new ArrayList<>(Linker.link(tokens, lexicon));
        links.addAll(TimeLinks.of(times, tokens, lexicon));
        List<Link> qualified = QualifiedNames.of(question, tokens, lexicon);
        links.removeIf(link -> qualified.stream().anyMatch(link::overlaps));
        links.addAll(qualified);
        List<Reading> readings = ReadingSearch.readings(tokens, links, lexicon.graph(), READINGS);
        JoinGraph said = lexicon.graph().said(tokens.stream().filter(Token::word).map(token -> Words.root(token.stem()))
                .collect(Collectors.toSet()));
        LogicalPlan best = null;
        Frame bestFrame = null;
        Reading bestReading = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        double unjoined = 0;
        for (Reading reading : readings) {
            Frame frame = Grammar.compose(tokens, reading, lexicon, times);
            double score = reading.score() - frame.penalty - LooseEnds.PENALTY * LooseEnds.of(tokens, reading, frame).size();
            if (score > bestScore) {
                LogicalPlan plan = PlanBuilder.build(frame, said);
                if (plan == null) {
                    unjoined = Math.max(unjoined, Coverage.of(tokens, reading).share());
                } else {
                    best = plan;
                    bestFrame = frame;
                    bestReading = reading;
                    bestScore = score;
                }
            }
        }
        if (best == null) {
            List<String> unknown = readings.isEmpty() ? List.of() : Coverage.of(tokens, readings.get(0)).unknown();
            return new Interpretation.NotUnderstood("Nothing in the schema group matches the question.", unknown);
        }
        Coverage coverage = Coverage.of(tokens, bestReading, bestFrame.explained);
        double confidence = coverage.share();
        if (confidence < Coverage.ENOUGH) {
            return new Interpretation.NotUnderstood(coverage.unknown().isEmpty() ? "Too little of the question says what is meant."
                    : "The schema group has nothing for: " + String.join(", ", coverage.unknown()) + ".",
                    coverage.unknown());
        }
        if (unjoined > confidence + LOST) {
            return new Interpretation.NotUnderstood("The question names tables that nothing relates, so they cannot be read together.",
                    coverage.unknown());
        }
        List<String> loose = LooseEnds.of(tokens, bestReading, bestFrame);
        if (!loose.isEmpty()) {
            return new Interpretation.NotUnderstood("It is not clear what these words apply to: " + String.join(", ", loose) + ".", loose);
        }
        if (bestFrame.asked != null) {
            return bestFrame.asked;
        }
        Optional<Interpretation.Ambiguous> ambiguous = Ambiguity.of(tokens, bestReading, readings, lexicon.graph());
        if (ambiguous.isPresent()) {
            return ambiguous.get();
        }
        return new Interpretation.Understood(best, Steps.of(tokens, bestReading, bestFrame), List.copyOf(bestFrame.directives), confidence);
    }
}
