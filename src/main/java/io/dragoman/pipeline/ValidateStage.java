package io.dragoman.pipeline;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.Inspection;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Engine;
import io.dragoman.pipeline.QueryState.Validation;
import io.dragoman.pipeline.QueryState.Validation.Result;
import io.dragoman.policy.PolicyRules;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Checks the draft: by its parse tree, and by the database itself. */
@Component("validation")
class ValidateStage {

    private static final double LEAST_CONFIDENCE = 0.7;
    private static final String UNLISTED_FUNCTION = "FUNCTION_NOT_ALLOWED";

    private final Target target;
    private final SchemaContext context;
    private final DataSources dataSources;
    private final PolicyGate policy;

    ValidateStage(Target target, SchemaContext context, DataSources dataSources, PolicyGate policy) {
        this.target = target;
        this.context = context;
        this.dataSources = dataSources;
        this.policy = policy;
    }

    /** Sets the validation by parsing: syntax, safety, schema, policy; then how sure the reading of the question is. */
    public QueryState inspect(QueryState state) {
        Draft draft = state.draft();
        if (draft.query() == null) {
            return judged(state, List.of(new Finding("CANNOT_RENDER", Check.SYNTAX, Severity.ERROR, draft.problem(), null,
                    null)));
        }
        Inspection inspection = inspect(state, draft);
        List<Finding> findings = new ArrayList<>(inspection.findings());
        if (draft.confidence() < LEAST_CONFIDENCE) {
            findings.add(new Finding("LOW_CONFIDENCE", Check.MEANING, Severity.WARNING,
                    "A part of the question was not used. Check that the query means what was asked.", null, null));
        }
        return judged(state, findings);
    }

    /** A database that cannot be reached for its views matters only when the query is to be run, where it is asked again. */
    private Inspection inspect(QueryState state, Draft draft) {
        Dialect dialect = target.dialect(draft.dialect());
        PolicyRules rules = policy.rules(state);
        DataSourceDefinition source = state.analysis().datasource() == null ? null
                : target.datasource(state.analysis().datasource());
        try {
            return policy.inspect(draft.query(), dialect, context.of(state), rules, source);
        } catch (Connector.UnavailableException e) {
            if (state.question().execute()) {
                throw e;
            }
            return policy.inspect(draft.query(), dialect, context.of(state), rules, null);
        }
    }

    /**
     * Lets the database check the query without running it. What it refuses becomes a finding, and so does what it expects of
     * the query: a cost that the policy does not allow, and hints on performance.
     *
     * @param timeoutMs for the check, in milliseconds
     * @throws Connector.UnavailableException when the database cannot be reached
     */
    public QueryState askEngine(QueryState state, long timeoutMs) {
        if (state.analysis().datasource() == null) {
            return state;
        }
        Connector connector = dataSources.connector(target.datasource(state.analysis().datasource()));
        List<Finding> more = QueryCheck.byEngine(connector, state.draft().query(), policy, policy.rules(state), timeoutMs);
        return more.isEmpty() ? state : withFindings(state, more);
    }

    /** Adds to what the checks said of the draft, and judges it again. */
    QueryState withFindings(QueryState state, List<Finding> more) {
        List<Finding> findings = new ArrayList<>(state.validation().findings());
        findings.addAll(more);
        QueryState before = state.revise().attempts(state.attempts().subList(0, state.attempts().size() - 1)).done();
        return judged(before, findings);
    }

    private static QueryState judged(QueryState state, List<Finding> findings) {
        Result result = result(findings, state.draft().engine());
        return state.revise()
                .validation(new Validation(result, findings, result == Result.VALID ? state.draft().confidence() : 0))
                .attempt(new Attempt(state.attempts().size() + 1, state.draft().query(), result, findings))
                .done();
    }

    /**
     * Unsafe is never mended; what has a suggestion can be; the rest needs another look at the question. An LLM can mend
     * whatever it is told of, and may have taken a function for harmless that is only not on the list.
     */
    private static Result result(List<Finding> findings, Engine engine) {
        List<Finding> errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
        if (errors.isEmpty()) {
            return Result.VALID;
        }
        boolean byLlm = engine == Engine.LLM;
        if (errors.stream().anyMatch(finding -> finding.check() == Check.POLICY || finding.check() == Check.SAFETY
                && !(byLlm && finding.code().equals(UNLISTED_FUNCTION)))) {
            return Result.REFUSED;
        }
        boolean mendable = byLlm || errors.stream().anyMatch(finding -> finding.suggestion() != null && finding.position() != null);
        return mendable ? Result.INVALID_REFINABLE : Result.INVALID_ESCALATE;
    }
}
