package io.dragoman.ui.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.policy.PolicyRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the form of a policy tells of its fields. */
class PolicyFormTest {

    private final List<String> edits = new ArrayList<>();

    @BeforeEach
    void open() {
        UI.setCurrent(new UI());
    }

    @AfterEach
    void close() {
        UI.setCurrent(null);
    }

    @Test
    void tellsTheFieldThatWasChangedAsYaml() {
        PolicyForm form = new PolicyForm((path, value) -> edits.add(String.join(".", path) + "=" + value));
        field(form, IntegerField.class, one -> one.getLabel().startsWith("Most rows")).setValue(7);
        field(form, BigDecimalField.class, one -> one.getLabel().startsWith("Queries above")).setValue(new BigDecimal("1E+3"));
        field(form, TextField.class, one -> one.getLabel().equals("Columns")).setValue("people.ssn, *.password,");
        field(form, TextField.class, one -> one.getLabel().equals("Queries on these tables")).setValue("hr.*");
        field(form, Checkbox.class, one -> one.getLabel().equals("Every query")).setValue(true);
        field(form, IntegerField.class, one -> one.getLabel().startsWith("Most rows")).clear();
        assertThat(edits).containsExactly("defaults.max_rows=7", "defaults.require_approval.above_cost=1000",
                "defaults.blocked_columns=[people.ssn, '*.password']", "defaults.require_approval.tables=['hr.*']",
                "defaults.require_approval.always=true", "defaults.max_rows=null");
    }

    @Test
    void showingAPolicyIsNoChange() {
        PolicyForm form = new PolicyForm((path, value) -> edits.add(path.toString()));
        form.show(PolicyRules.NONE);
        form.setReadOnly(true);
        assertThat(edits).isEmpty();
        assertThat(field(form, TextField.class, one -> one.getLabel().equals("Tables")).isReadOnly()).isTrue();
    }

    private static <F extends Component> F field(Component within, Class<F> type, Predicate<F> which) {
        return all(within).filter(type::isInstance).map(type::cast).filter(which).findFirst().orElseThrow();
    }

    private static Stream<Component> all(Component within) {
        return Stream.concat(Stream.of(within), within.getChildren().flatMap(PolicyFormTest::all));
    }
}
