package io.dragoman.llm;

import java.util.function.Function;

/** A model that does each stage well, for questions on how many customers there are in the sample world. */
public final class Brain implements Function<LlmEndpoint.Asked, String> {

    /** Which stage a prompt is of, told by how its system prompt begins. */
    static String stage(LlmEndpoint.Asked asked) {
        String system = asked.system();
        if (system.contains("better than an earlier query")) {
            return "retry";
        } else if (system.startsWith("You sort")) {
            return "intent";
        } else if (system.startsWith("You lay out")) {
            return "plan";
        } else if (system.startsWith("You sum up")) {
            return "conversation-summary";
        } else if (system.startsWith("You plan") || system.startsWith("You find out why")) {
            return "analyse";
        } else if (system.startsWith("You write")) {
            return "generate";
        } else if (system.startsWith("You mend")) {
            return "refine";
        } else if (system.startsWith("You check")) {
            return "meaning";
        } else if (system.startsWith("You answer")) {
            return "answer";
        }
        return system.startsWith("You describe a database table") ? "draft-description" : "describe";
    }

    @Override
    public String apply(LlmEndpoint.Asked asked) {
        return switch (stage(asked)) {
            case "intent" -> """
                    {"type":"QUERY_GENERATION","is_follow_up":false,"confidence":0.9,"reasoning":"It asks for a number."}""";
            case "analyse" -> """
                    {"tables":["customers"],"query_type":"aggregation","complexity":"SINGLE_LINE",
                    "steps":["Count the customers."],"directives":[],"clarification":"","choices":[],"confidence":0.9}""";
            case "plan" -> """
                    {"steps":["Count the rows of customers.","The result has one column, customers."]}""";
            case "conversation-summary" -> """
                    {"summary":"So far the customers were counted."}""";
            case "generate", "refine", "retry" -> """
                    {"query":"SELECT count(*) AS customers FROM customers","explanation":"All customers are counted.",
                    "confidence":0.9}""";
            case "meaning" -> """
                    {"answers_question":true,"problem":"","suggestion":"","confidence":0.9}""";
            case "answer" -> """
                    {"text":"There are 20 customers.","insights":[]}""";
            case "draft-description" -> """
                    {"description":"People who bought something.","columns":[{"name":"city","description":"Where they live."},
                    {"name":"no_such_column","description":"Nothing."}]}""";
            default -> "{\"text\":\"There are customers.\"}";
        };
    }
}
