package io.dragoman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.failure.FailureException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changing a field of a policy's text, and saying what two policies say differently. */
class PolicyEditTest {

    private static final List<String> ROWS = List.of("defaults", "max_rows");
    private static final List<String> ALWAYS = List.of("defaults", "require_approval", "always");

    private static String set(String yaml, List<String> path, String value) {
        String edited = PolicyEdit.set(yaml, path, value);
        PolicyReader.read(edited);
        return edited;
    }

    @Test
    void changesTheFieldAndNothingElse() {
        assertThat(set("# why\ndefaults:\n  max_rows: 5 # few\n  candidates: 2\n", ROWS, "7"))
                .isEqualTo("# why\ndefaults:\n  max_rows: 7 # few\n  candidates: 2\n");
        assertThat(set("defaults: {candidates: 2, max_rows: 5}", ROWS, "7")).isEqualTo("defaults: {candidates: 2, max_rows: 7}");
        assertThat(set("defaults:\n  blocked_tables:\n    - a\n    - b # 𝔹\n  # 𝔹 rows\n  max_rows: 5\n",
                List.of("defaults", "blocked_tables"), "[c]")).isEqualTo("defaults:\n  blocked_tables: [c] # 𝔹\n  # 𝔹 rows\n  max_rows: 5\n");
    }

    @Test
    void addsAFieldThatIsNotThere() {
        assertThat(set("", ROWS, "7")).isEqualTo("defaults:\n  max_rows: 7\n");
        assertThat(set("# only a comment", ROWS, "7")).isEqualTo("# only a comment\ndefaults:\n  max_rows: 7\n");
        assertThat(set("defaults: {}\nroles: {}\n", ROWS, "7")).isEqualTo("defaults: {max_rows: 7}\nroles: {}\n");
        assertThat(set("defaults:\nroles: {}\n", ROWS, "7")).isEqualTo("defaults: {max_rows: 7}\nroles: {}\n");
        assertThat(set("roles:\n  asker: {max_rows: 3}\n", ROWS, "7")).isEqualTo("roles:\n  asker: {max_rows: 3}\ndefaults:\n  max_rows: 7\n");
        assertThat(set("defaults:\n    candidates: 2 # two\nroles: {}", ROWS, "7"))
                .isEqualTo("defaults:\n    candidates: 2 # two\n    max_rows: 7\nroles: {}");
        assertThat(set("defaults:\n  require_approval:\n    tables: [a]\n  rounds: 2\n", ALWAYS, "true"))
                .isEqualTo("defaults:\n  require_approval:\n    tables: [a]\n    always: true\n  rounds: 2\n");
        assertThat(set("defaults:\n  require_approval: false\n", ALWAYS, "true")).isEqualTo("defaults:\n  require_approval: {always: true}\n");
        assertThat(set("roles: {}", ALWAYS, "true")).isEqualTo("roles: {}\ndefaults:\n  require_approval:\n    always: true");
    }

    @Test
    void theShortFormOfApprovalKeepsWhatItSays() {
        List<String> tables = List.of("defaults", "require_approval", "tables");
        assertThat(set("defaults:\n  require_approval: true # all\n", tables, "[a]"))
                .isEqualTo("defaults:\n  require_approval: {always: true, tables: [a]} # all\n");
        assertThat(set("defaults: {require_approval: false}", tables, "[a]"))
                .isEqualTo("defaults: {require_approval: {tables: [a]}}");
        assertThat(set("defaults: {require_approval: true}", ALWAYS, "false"))
                .isEqualTo("defaults: {require_approval: {always: false}}");
    }

    @Test
    void leavesAliasesAlone() {
        assertThatThrownBy(() -> set("roles:\n  asker: &few {max_rows: 3}\ndefaults: *few\n", ROWS, "7"))
                .isInstanceOf(FailureException.class).hasMessageContaining("alias");
    }

    @Test
    void takesALimitAway() {
        assertThat(set("defaults:\n  max_rows: 5\n  candidates: 2\n", ROWS, null)).isEqualTo("defaults:\n  candidates: 2\n");
        assertThat(set("defaults: {max_rows: 5, candidates: 2}", ROWS, null)).isEqualTo("defaults: {max_rows: null, candidates: 2}");
        assertThat(set("defaults:\n  candidates: 2\n", ROWS, null)).isEqualTo("defaults:\n  candidates: 2\n");
    }

    @Test
    void theShippedPolicyIsEditedInPlace() {
        String shipped = PolicyFile.shipped();
        String edited = set(shipped, ROWS, "7");
        assertThat(PolicyReader.read(edited).defaults().maxRows()).isEqualTo(7);
        assertThat(edited.lines().toList()).containsAll(shipped.lines().toList());
        assertThat(set(shipped, List.of("defaults", "blocked_columns"), PolicyEdit.list(List.of("*.ssn", "people.email", "no"))))
                .contains("  blocked_columns: ['*.ssn', people.email, 'no']\n");
    }

    @Test
    void saysWhatTwoPoliciesSayDifferently() {
        PolicyDocument one = PolicyReader.read("defaults: {max_rows: 5, max_cost: 1000000000, blocked_tables: [a, b]}");
        PolicyDocument other = PolicyReader.read("defaults: {max_rows: 6, max_cost: 1.0e9, blocked_tables: [b, c], blocked_keywords: [DROP]}\n"
                + "schema_groups: {bank: {rounds: 0}}");
        assertThat(PolicyDifference.between(one, other)).containsExactly(
                new PolicyDifference("defaults.blocked_keywords", List.of("DROP"), List.of(), true),
                new PolicyDifference("defaults.blocked_tables", List.of("c"), List.of("a"), true),
                new PolicyDifference("defaults.max_rows", List.of("6"), List.of("5"), false),
                new PolicyDifference("schema_groups.bank.rounds", List.of("0"), List.of(), false));
        assertThat(PolicyDifference.between(one, one)).isEmpty();
    }
}
