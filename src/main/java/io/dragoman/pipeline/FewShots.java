package io.dragoman.pipeline;

import io.dragoman.config.LlmProperties;
import io.dragoman.schema.Example;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * What was learnt from use, as prompts show it: accepted examples like the question, and what mended queries before. Each
 * takes at most an eighth of the tokens that a schema may; what does not fit whole is left out. Fenced as data.
 */
@Component
class FewShots {

    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int SHARE = 8;

    private final SchemaContext context;
    private final NearExamples examples;
    private final PriorFixes fixes;
    private final int budget;

    FewShots(SchemaContext context, NearExamples examples, PriorFixes fixes, LlmProperties properties) {
        this.context = context;
        this.examples = examples;
        this.fixes = fixes;
        this.budget = properties.contextTokens() * CHARACTERS_A_TOKEN / SHARE;
    }

    /** Accepted examples like the question, each with its query, most alike first. */
    String examples(QueryState state, String dialect) {
        return within(examples.of(state.question().text(), context.of(state), dialect), FewShots::text);
    }

    /** What mended queries for questions like this one. */
    String fixesNear(QueryState state, String dialect) {
        return within(fixes.near(state, dialect), FewShots::text);
    }

    /** What mended queries with the findings that the draft has. */
    String fixesOf(QueryState state) {
        return within(fixes.of(state), FewShots::text);
    }

    private <T> String within(List<T> entries, Function<T, String> text) {
        StringBuilder all = new StringBuilder();
        for (T entry : entries) {
            String one = Fence.of(text.apply(entry));
            if (all.length() + one.length() <= budget) {
                all.append(all.isEmpty() ? "" : "\n\n").append(one);
            }
        }
        return all.isEmpty() ? "none" : all.toString();
    }

    private static String text(Example example) {
        return "Question: " + example.question() + "\nQuery: " + example.query();
    }

    private static String text(PriorFix fix) {
        return "Question: " + fix.question() + "\nWrong: " + fix.wrong() + "\nFinding: " + fix.code() + ": " + fix.message()
                + "\nRight: " + fix.right();
    }
}
