package io.dragoman.pipeline;

import io.dragoman.answer.Answers;
import io.dragoman.pipeline.QueryState.Answer;
import io.dragoman.pipeline.QueryState.Clarification;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaDescriber;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Offline: puts the outcome in words. */
@Component("offlineAnswer")
class AnswerStage {

    private static final int SUGGESTIONS = 5;

    private final SchemaContext context;
    private final Answers answers;
    private final SchemaDescriber describer;

    AnswerStage(SchemaContext context, Answers answers, SchemaDescriber describer) {
        this.context = context;
        this.answers = answers;
        this.describer = describer;
    }

    /** Sets the answer to the rows. */
    public QueryState apply(QueryState state) {
        io.dragoman.answer.Answer shaped =
                answers.shape(state.question().text(), state.draft().plan(), state.results());
        return state.revise().answer(new Answer(shaped.text(), shaped.insights(),
                shaped.chart() == null ? null : shaped.chart().toMap())).done();
    }

    /** Sets the answer to a question about the schema. */
    public QueryState describe(QueryState state) {
        Question question = state.question();
        List<SchemaGroup> groups = question.schemaGroup() != null ? List.of(context.named(question.schemaGroup()))
                : context.all().names().stream().map(context::named).toList();
        String asked = question.text().toLowerCase(Locale.ROOT);
        SchemaGroup group = groups.size() == 1 ? groups.get(0)
                : groups.stream().filter(one -> asked.contains(one.name().toLowerCase(Locale.ROOT))).findFirst()
                        .orElse(null);
        return answered(state, group == null ? overview(groups) : describer.describe(group, question.text()));
    }

    private static String overview(List<SchemaGroup> groups) {
        if (groups.isEmpty()) {
            return "There are no schema groups yet. Upload one, or introspect a datasource.";
        }
        return groups.stream()
                .map(group -> "\n- **" + group.name() + "**: " + group.tables().size() + " tables"
                        + (group.description() == null ? "" : ", " + group.description()))
                .collect(Collectors.joining("", "There are " + groups.size() + " schema groups:", ""));
    }

    /** Sets the answer to a greeting, or to what is out of scope. */
    public QueryState reply(QueryState state) {
        return answered(state, switch (state.intent().type()) {
            case GREETING -> "Hello. Ask me about the data of a schema group, for instance: " + suggestions(state, 1).stream()
                    .findFirst().orElse("How many rows are in a table?");
            default -> state.intent().reasoning();
        });
    }

    /** Asks what the question is, with examples to choose from. */
    public QueryState askBack(QueryState state) {
        return state.revise()
                .clarification(new Clarification("What would you like to know? Ask about the tables of a schema group.",
                        null, suggestions(state, SUGGESTIONS), List.of()))
                .status(Status.NEEDS_CLARIFICATION)
                .done();
    }

    private List<String> suggestions(QueryState state, int most) {
        String asked = state.question().schemaGroup();
        List<String> names = asked == null ? context.all().names() : List.of(asked);
        return names.stream().limit(most)
                .map(context::named)
                .map(SchemaGroup::examples)
                .flatMap(examples -> examples.stream().limit(asked == null ? 1 : most))
                .map(Example::question)
                .toList();
    }

    private static QueryState answered(QueryState state, String text) {
        return state.revise().answer(new Answer(text, List.of(), null)).done();
    }
}
