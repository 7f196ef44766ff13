package io.dragoman.ui.administration;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.policy.PolicyEdit;
import io.dragoman.policy.PolicyRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The usual limits of a policy, those of its section {@code defaults}, as fields. */
class PolicyForm extends Div {

    private static final int LONGEST_LIST = 5_000;

    private final BiConsumer<List<String>, String> edited;
    private final List<Consumer<PolicyRules>> readers = new ArrayList<>();
    private final List<AbstractField<?, ?>> fields = new ArrayList<>();
    private boolean showing;

    /** @param edited hears of a change: the field's path, and the value as YAML, null to take the limit away */
    PolicyForm(BiConsumer<List<String>, String> edited) {
        this.edited = edited;
        addClassName("policy-form");
        part("Results", whole("Most rows of a result", "max_rows", PolicyRules::maxRows, 1, Integer.MAX_VALUE),
                whole("Most seconds to run", "max_execution_time", PolicyRules::maxExecutionTime, 1, 86_400),
                whole("Most complexity", "max_complexity", PolicyRules::maxComplexity, 1, 100_000),
                decimal("Most cost expected", "max_cost", PolicyRules::maxCost),
                decimal("Most bytes expected", "max_bytes", PolicyRules::maxBytes));
        part("Blocked", list("Tables", "orders, hr.salaries, *_log", PolicyRules::blockedTables, "blocked_tables"),
                list("Columns", "people.ssn, *.password", PolicyRules::blockedColumns, "blocked_columns"),
                list("Keywords", "DROP, TRUNCATE", PolicyRules::blockedKeywords, "blocked_keywords"),
                check("System catalogues may be read", PolicyRules::allowsSystemCatalogues, "system_catalogues"));
        part("Approval by a person", check("Every query", rules -> rules.requireApproval().always(), "require_approval", "always"),
                decimal("Queries above this cost", "above_cost", rules -> rules.requireApproval().aboveCost(), "require_approval"),
                list("Queries on these tables", "hr.*", rules -> rules.requireApproval().tables(), "require_approval", "tables"));
        part("Rounds of a question", whole("Refinements", "refinements", PolicyRules::refinements, 0, 20),
                whole("Escalations", "escalations", PolicyRules::escalations, 0, 20),
                whole("Both together", "rounds", PolicyRules::rounds, 0, 40),
                whole("LLM drafts", "candidates", PolicyRules::candidates, 1, 10));
    }

    private void part(String title, Component... inputs) {
        Div grid = new Div(inputs);
        grid.addClassName("policy-fields");
        Div part = new Div(new H3(title), grid);
        add(part);
    }

    /** Shows what a policy says. */
    void show(PolicyRules rules) {
        showing = true;
        readers.forEach(reader -> reader.accept(rules));
        showing = false;
    }

    /** Lets the fields be changed or not. */
    void setReadOnly(boolean readOnly) {
        fields.forEach(field -> field.setReadOnly(readOnly));
    }

    private Component whole(String label, String name, Function<PolicyRules, Integer> read, int least, int most) {
        IntegerField field = new IntegerField(label);
        field.setMin(least);
        field.setMax(most);
        field.setPlaceholder("no limit");
        return bind(field, rules -> field.setValue(read.apply(rules)), () -> field.getValue() == null ? null
                : field.getValue().toString(), "defaults", name);
    }

    private Component decimal(String label, String name, Function<PolicyRules, Number> read, String... within) {
        BigDecimalField field = new BigDecimalField(label);
        field.setPlaceholder("no limit");
        List<String> path = new ArrayList<>(List.of("defaults"));
        path.addAll(List.of(within));
        path.add(name);
        return bind(field, rules -> {
            Number value = read.apply(rules);
            field.setValue(value == null ? null : new BigDecimal(value.toString()).stripTrailingZeros());
        }, () -> field.getValue() == null ? null : field.getValue().toPlainString(), path.toArray(String[]::new));
    }

    private Component list(String label, String sample, Function<PolicyRules, Collection<?>> read, String... path) {
        TextField field = new TextField(label);
        field.setPlaceholder(sample);
        field.setMaxLength(LONGEST_LIST);
        return bind(field, rules -> field.setValue(read.apply(rules).stream().map(Object::toString)
                .collect(Collectors.joining(", "))), () -> PolicyEdit.list(Arrays.stream(field.getValue().split(","))
                        .map(String::strip).filter(text -> !text.isEmpty()).toList()), below(path));
    }

    private Component check(String label, Function<PolicyRules, Boolean> read, String... path) {
        Checkbox field = new Checkbox(label);
        return bind(field, rules -> field.setValue(read.apply(rules)), () -> field.getValue().toString(), below(path));
    }

    private static String[] below(String... path) {
        List<String> whole = new ArrayList<>(List.of("defaults"));
        whole.addAll(List.of(path));
        return whole.toArray(String[]::new);
    }

    private <F extends AbstractField<?, ?>> F bind(F field, Consumer<PolicyRules> reader,
            Supplier<String> written, String... path) {
        readers.add(reader);
        fields.add(field);
        field.addValueChangeListener(change -> {
            if (!showing && !(field instanceof HasValidation checked && checked.isInvalid())) {
                edited.accept(List.of(path), written.get());
            }
        });
        return field;
    }
}
