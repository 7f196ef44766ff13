package io.dragoman.pipeline;

import io.dragoman.dialect.Inspection;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Engine;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The accepted examples of the schema group: a question that somebody has answered before is answered with the same
 * query, which is checked like any other. Questions are the same when their words, numbers and signs are, in any case.
 */
@Component("curatedExamples")
public class CuratedExamples {

    private static final String SIGNS = "<>=%+*/$€£";

    private final SchemaContext context;
    private final Target target;

    CuratedExamples(SchemaContext context, Target target) {
        this.context = context;
        this.target = target;
    }

    /** Whether an example answers the question, which is none that changes the one before. */
    public boolean answer(QueryState state) {
        return state.retrieval() != null && !followsUp(state)
                && example(state).filter(example -> !rejected(state, example)).isPresent();
    }

    /** Somebody was not content with this very query. */
    private static boolean rejected(QueryState state, Example example) {
        return state.retry() != null && example.query().equals(state.retry().query());
    }

    /** Sets the example's query as the draft. What was read of the question stays, for questions that follow it. */
    public QueryState apply(QueryState state) {
        Example example = example(state).orElseThrow();
        SchemaGroup group = context.of(state);
        Target.Choice choice = choice(state, group, example);
        Analysis read = state.analysis();
        Analysis analysis = new Analysis(read == null ? "example" : read.queryType(), read == null ? "SINGLE_LINE" : read.complexity(),
                List.of("Answer as the example “" + example.question() + "” does."), choice.dialect().name(),
                choice.datasource() == null ? null : choice.datasource().name(), read == null ? List.of() : read.directives(),
                List.of(example.question()), read == null ? null : read.plan(), 1);
        Draft draft = new Draft(example.query(), choice.dialect().name(), null, analysis.steps(), null, Engine.OFFLINE, null, 1);
        return state.revise().status(Status.RUNNING).clarification(null).analysis(analysis).withoutDraft().draft(draft)
                .candidates(List.of(draft)).done();
    }

    private static boolean followsUp(QueryState state) {
        return state.question().previous() != null && state.intent() != null && state.intent().followUp();
    }

    /** The one example with the question's words in its language; none when two examples disagree. */
    private Optional<Example> example(QueryState state) {
        SchemaGroup group = context.of(state);
        String asked = words(state.question().text());
        List<Example> same = group.examples().stream()
                .filter(example -> example.query() != null && words(example.question()).equals(asked))
                .filter(example -> example.dialect() == null
                        || choice(state, group, example).dialect().name().equals(example.dialect())).toList();
        boolean agree = same.stream().map(Example::query).distinct().count() == 1;
        return agree ? Optional.of(same.get(0)) : Optional.empty();
    }

    private Target.Choice choice(QueryState state, SchemaGroup group, Example example) {
        Target.Choice first = target.choose(state.question(), group, (String) null);
        String dialect = example.dialect() == null ? first.dialect().name() : example.dialect();
        Inspection inspection = target.dialect(dialect).inspect(example.query(), group);
        String definition = inspection.tables().stream().flatMap(table -> group.tables().stream()
                .filter(known -> known.name().equalsIgnoreCase(table.substring(table.lastIndexOf('.') + 1))))
                .findFirst().map(TableDefinition::definition).orElse(null);
        return target.choose(state.question(), group, definition);
    }

    /** A question without case, spaces and punctuation; signs and decimals stay, as they change what is asked. */
    public static String words(String question) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < question.length(); i++) {
            char c = question.charAt(i);
            boolean inNumber = (c == '.' || c == ',' || c == '-' || c == ':') && i + 1 < question.length()
                    && Character.isDigit(question.charAt(i + 1));
            if (Character.isLetterOrDigit(c) || inNumber) {
                words.append(c);
            } else if (SIGNS.indexOf(c) >= 0) {
                words.append(' ').append(c).append(' ');
            } else {
                words.append(' ');
            }
        }
        return words.toString().trim().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
