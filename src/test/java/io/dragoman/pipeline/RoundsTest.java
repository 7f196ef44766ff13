package io.dragoman.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Engine;
import io.dragoman.pipeline.QueryState.Validation;
import io.dragoman.pipeline.QueryState.Validation.Result;
import io.dragoman.policy.PolicyRules;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Going round with a draft that is not valid. */
class RoundsTest {

    private final Budgets budgets = new Budgets(state -> PolicyRules.NONE);

    @Test
    void mendsANameWhereTheFindingSaysWhatWasMeant() {
        String query = "SELECT nam FROM custmers";
        QueryState state = state(query, Result.INVALID_REFINABLE,
                finding(Check.SCHEMA, query, "nam", "name"), finding(Check.SCHEMA, query, "custmers", "customers"));
        QueryState mended = new Refiner().apply(state);
        assertThat(mended.draft().query()).isEqualTo("SELECT name FROM customers");
        assertThat(mended.refinements()).isEqualTo(1);
        assertThat(mended.validation()).isNull();
    }

    @Test
    void stopsAtThreeRefinementsThenEscalatesTwiceAndAtFiveTogether() {
        QueryState state = state("SELECT 1", Result.INVALID_REFINABLE, finding(Check.SCHEMA, "SELECT 1", "1", "2"));
        assertThat(budgets.refine(state, 3, 5)).isTrue();
        QueryState thrice = state.revise().refinements(3).done();
        assertThat(budgets.refine(thrice, 3, 5)).isFalse();
        assertThat(budgets.escalate(thrice, 2, 5)).isTrue();
        QueryState all = thrice.revise().escalations(2).done();
        assertThat(budgets.another(all, 3, 2, 5)).isFalse();
        assertThat(budgets.another(all, 9, 9, 5)).isFalse();
    }

    @Test
    void neverGoesRoundWithAnUnsafeDraft() {
        QueryState state = state("DROP TABLE t", Result.REFUSED, finding(Check.SAFETY, "DROP TABLE t", "DROP", null));
        assertThat(budgets.another(state, 3, 2, 5)).isFalse();
        assertThatThrownBy(() -> budgets.exhausted(state)).isInstanceOfSatisfying(FailureException.class,
                thrown -> assertThat(thrown.failure().code()).isEqualTo(ErrorCode.UNSAFE_QUERY));
    }

    @Test
    void aPolicyAloneIsAPolicyViolation() {
        QueryState state = state("SELECT salary FROM t", Result.REFUSED,
                finding(Check.POLICY, "SELECT salary FROM t", "salary", null));
        assertThatThrownBy(() -> budgets.exhausted(state)).isInstanceOfSatisfying(FailureException.class,
                thrown -> assertThat(thrown.failure().code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
    }

    @Test
    void readsAStateBackAsItWasWritten() {
        QueryState state = state("SELECT 1", Result.VALID);
        StateJson json = new StateJson();
        assertThat(json.read(json.write(state))).isEqualTo(state);
    }

    private static Finding finding(Check check, String query, String word, String suggestion) {
        return new Finding("CODE", check, Severity.ERROR, "Wrong: " + word, Position.of(query, query.indexOf(word)),
                suggestion);
    }

    private static QueryState state(String query, Result result, Finding... findings) {
        List<Finding> found = List.of(findings);
        return QueryState.begin(UUID.randomUUID(), "trace", Instant.EPOCH, Question.of("?", "g", false)).revise()
                .draft(new Draft(query, "postgresql", null, List.of(), null, Engine.OFFLINE, null, 1))
                .validation(new Validation(result, found, 1))
                .attempt(new Attempt(1, query, result, found))
                .done();
    }
}
