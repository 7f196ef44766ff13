package io.dragoman.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Engine;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The accepted examples of the schema group: a question that somebody has answered before is answered with the same
 * query, which is checked like any other. Questions are the same when their words, numbers and signs are, in any case; where only
 * values differ ({@link ExampleValues}), the query is taken with the question's own ({@link QueryLiterals}).
 */
@Component("curatedExamples")
public class CuratedExamples {

    /** So many examples with other values are looked at. */
    private static final int MOST_NEAR = 20;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final String SIGNS = "<>=%+*/$€£";

    private final SchemaContext context;
    private final Target target;
    private final LoadingCache<SchemaGroup, Known> known = Caffeine.newBuilder().weakKeys().build(Known::of);

    /**
     * What is worked out once for each snapshot of a schema group.
     *
     * @param words  the questions of its examples in words, in their order; empty for one without a query
     * @param tables that queries read, as far as they were looked at
     */
    private record Known(List<String> words, Map<Written, List<TableDefinition>> tables) {

        static Known of(SchemaGroup group) {
            return new Known(group.examples().stream()
                    .map(example -> example.query() == null ? "" : CuratedExamples.words(example.question())).toList(),
                    new ConcurrentHashMap<>());
        }
    }

    private record Written(String query, String dialect) {
    }

    CuratedExamples(SchemaContext context, Target target) {
        this.context = context;
        this.target = target;
    }

    /** Whether an example answers the question, which is none that changes the one before or is asked again with feedback. */
    public boolean answer(QueryState state) {
        return state.retrieval() != null && state.retry() == null && !followsUp(state) && example(state).isPresent();
    }

    /** Sets the example's query as the draft. What was read of the question stays, for questions that follow it. */
    public QueryState apply(QueryState state) {
        Recalled recalled = example(state).orElseThrow();
        Example example = recalled.example();
        SchemaGroup group = context.of(state);
        Target.Choice choice = choice(state, group, example);
        Analysis read = state.analysis();
        Analysis analysis = new Analysis(read == null ? "example" : read.queryType(), read == null ? "SINGLE_LINE" : read.complexity(),
                recalled.steps(), choice.dialect().name(),
                choice.datasource() == null ? null : choice.datasource().name(), read == null ? List.of() : read.directives(),
                List.of(example.question()), read == null ? null : read.plan(), 1);
        Draft draft = new Draft(example.query(), choice.dialect().name(), null, analysis.steps(), null, Engine.OFFLINE, null, 1);
        return state.revise().status(Status.RUNNING).clarification(null).analysis(analysis).withoutDraft().draft(draft)
                .candidates(List.of(draft)).done();
    }

    private static boolean followsUp(QueryState state) {
        return state.question().continues() && state.intent() != null && state.intent().followUp();
    }

    /** An example, its query with the question's values, and how that was found. */
    private record Recalled(Example example, List<String> steps) {

        static Recalled of(Example example, String query, List<String> values) {
            List<String> steps = new ArrayList<>(List.of("Answer as the example “" + example.question() + "” does."));
            steps.addAll(values);
            return new Recalled(new Example(example.id(), example.question(), query, example.dialect(), example.explanation(),
                    example.feedbackId()), steps);
        }
    }

    /** The one example with the question's words in its language, else with other values; none when two examples disagree. */
    private Optional<Recalled> example(QueryState state) {
        SchemaGroup group = context.of(state);
        String asked = words(state.question().text());
        List<Recalled> same = new ArrayList<>();
        List<Example> near = new ArrayList<>();
        List<String> questions = known.get(group).words();
        for (int i = 0; i < questions.size(); i++) {
            Example example = group.examples().get(i);
            String words = questions.get(i);
            if (!words.isEmpty() && words.equals(asked) && inItsLanguage(state, group, example)) {
                same.add(Recalled.of(example, example.query(), List.of()));
            } else if (!words.isEmpty() && near.size() < MOST_NEAR && ExampleValues.near(words, asked)) {
                near.add(example);
            }
        }
        if (same.isEmpty()) {
            near.stream().filter(example -> inItsLanguage(state, group, example)).map(example -> withValues(state, group, example, asked))
                    .filter(Objects::nonNull).forEach(same::add);
        }
        boolean agree = same.stream().map(recalled -> recalled.example().query()).distinct().count() == 1;
        return agree ? Optional.of(same.get(0)) : Optional.empty();
    }

    private boolean inItsLanguage(QueryState state, SchemaGroup group, Example example) {
        return example.dialect() == null || choice(state, group, example).dialect().name().equals(example.dialect());
    }

    /** The example with the question's values in its query; null when they cannot be put there. */
    private Recalled withValues(QueryState state, SchemaGroup group, Example example, String asked) {
        String dialect = choice(state, group, example).dialect().name();
        List<TableDefinition> tables = tables(dialect, example, group);
        Map<String, String> values = ExampleValues.of(words(example.question()), asked, tables);
        String query = values.isEmpty() ? null : example.query();
        List<String> steps = new ArrayList<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            query = query == null || values.containsKey(value.getValue()) ? null
                    : QueryLiterals.replaced(query, dialect, value.getKey(), value.getValue());
            steps.add("Take '" + value.getValue() + "' for '" + value.getKey() + "'.");
        }
        return query == null ? null : Recalled.of(example, query, steps);
    }

    private List<TableDefinition> tables(String dialect, Example example, SchemaGroup group) {
        return known.get(group).tables().computeIfAbsent(new Written(example.query(), dialect), written ->
                target.dialect(dialect).inspect(written.query(), group).tables().stream().flatMap(table -> group.tables().stream()
                        .filter(one -> one.name().equalsIgnoreCase(table.substring(table.lastIndexOf('.') + 1)))).toList());
    }

    private Target.Choice choice(QueryState state, SchemaGroup group, Example example) {
        Target.Choice first = target.choose(state.question(), group, (String) null);
        String dialect = example.dialect() == null ? first.dialect().name() : example.dialect();
        String definition = tables(dialect, example, group).stream().findFirst().map(TableDefinition::definition).orElse(null);
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
        return SPACES.matcher(words.toString().trim()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
