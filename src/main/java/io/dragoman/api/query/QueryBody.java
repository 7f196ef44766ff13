package io.dragoman.api.query;

import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.Question;
import java.util.UUID;

/**
 * A question as every door takes it: the body of {@code POST /query}. What may be left out is null; {@code cache} as false
 * has the rows come from the database now.
 */
public record QueryBody(String query, String schemaGroupId, UUID conversationId, String datasource, String dialect,
        Boolean execute, Integer limit, Integer candidates, Boolean requireApproval, Model modelConfig, Boolean cache) {

    private static final int MOST_CANDIDATES = 10;

    /**
     * Checks every field.
     *
     * @throws FailureException {@code VALIDATION_FAILED} with the field
     */
    public QueryBody {
        Fields.text("query", query, Question.MAX_LENGTH);
        Fields.name("schema_group_id", schemaGroupId);
        Fields.name("datasource", datasource);
        Fields.name("dialect", dialect);
        Fields.between("limit", limit, 1, Integer.MAX_VALUE);
        Fields.between("candidates", candidates, 1, MOST_CANDIDATES);
    }

    /** Which LLM to use. */
    record Model(String provider, String model, Double temperature, Integer maxTokens) {

        private static final double MOST_TEMPERATURE = 2;
        private static final int MOST_TOKENS = 1_000_000;

        Model {
            Fields.name("model_config.provider", provider);
            Fields.name("model_config.model", model);
            Fields.between("model_config.max_tokens", maxTokens, 1, MOST_TOKENS);
            if (temperature != null && !(temperature >= 0 && temperature <= MOST_TEMPERATURE)) {
                throw FailureException.invalid("model_config.temperature",
                        "'model_config.temperature' has to be from 0 to 2.");
            }
        }
    }

    /** The same within a thread. */
    QueryBody in(UUID conversation) {
        return new QueryBody(query, schemaGroupId, conversation, datasource, dialect, execute, limit, candidates,
                requireApproval, modelConfig, cache);
    }

    /** The question for the pipeline, asked by the caller of the present thread. */
    public Question toQuestion() {
        return new Question(query.strip(), schemaGroupId, conversationId, datasource, dialect,
                Boolean.TRUE.equals(execute), limit, candidates, Boolean.TRUE.equals(requireApproval),
                modelConfig == null ? null
                        : new Question.ModelConfig(modelConfig.provider(), modelConfig.model(), modelConfig.temperature(),
                                modelConfig.maxTokens()),
                null, null, null, null, Boolean.FALSE.equals(cache), null);
    }
}
