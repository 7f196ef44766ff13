package io.dragoman.ui.ask;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Questions to begin with, taken from the groups' examples. */
class SampleQuestions extends Section {

    private static final int OF_EACH_GROUP = 4;
    private static final int OF_ONE_GROUP = 12;

    private final BiConsumer<String, String> asked;
    private Map<String, List<String>> questions = Map.of();

    /** @param asked gets the question and its group */
    SampleQuestions(BiConsumer<String, String> asked) {
        this.asked = asked;
        addClassName("samples");
        getElement().setAttribute("aria-label", "Sample questions");
    }

    /** The questions by group. */
    void offer(Map<String, List<String>> byGroup) {
        questions = byGroup;
        show(null);
    }

    /** Shows the questions of one group, or a few of every group for null. */
    void show(String group) {
        removeAll();
        if (questions.isEmpty()) {
            return;
        }
        add(new H2("Or start from one of these"));
        questions.forEach((name, samples) -> {
            if (group == null || group.equals(name)) {
                add(new H3(name), chips(name, samples.stream().limit(group == null ? OF_EACH_GROUP : OF_ONE_GROUP)
                        .toList()));
            }
        });
    }

    private Div chips(String group, List<String> samples) {
        Div chips = new Div();
        chips.addClassName("chips");
        samples.stream().map(sample -> chip(group, sample)).forEach(chips::add);
        return chips;
    }

    private Button chip(String group, String sample) {
        Button chip = new Button(sample, click -> asked.accept(sample, group));
        chip.addThemeVariants(ButtonVariant.LUMO_SMALL);
        chip.addClassName("chip");
        return chip;
    }
}
