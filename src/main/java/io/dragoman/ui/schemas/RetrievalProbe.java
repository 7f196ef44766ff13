package io.dragoman.ui.schemas;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.schema.search.Retrieval;
import io.dragoman.schema.search.SchemaSearch;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.Notices;
import io.dragoman.ui.shell.TableHits;

/** Shows which tables a question finds, how they score, and why. */
class RetrievalProbe extends Card {

    private final SchemaSearch search;
    private final Background background;
    private final String group;
    private final TextField question = new TextField("A question");
    private final IntegerField most = new IntegerField("At most");
    private final NumberField threshold = new NumberField("Least score");
    private final Button probe = new Button("Probe", click -> probe());
    private final Div found = new Div();

    /** @param group the name of the group to search in; null for all */
    RetrievalProbe(String group, SchemaSearch search, Background background) {
        super("Retrieval probe");
        this.search = search;
        this.background = background;
        this.group = group;
        addClassName("probe");
        question.setMaxLength(2_000);
        question.setPlaceholder("Which tables would this question find?");
        question.addKeyPressListener(Key.ENTER, press -> probe());
        most.setMin(1);
        most.setMax(100);
        most.setStepButtonsVisible(true);
        most.setPlaceholder("usual");
        threshold.setMin(0);
        threshold.setMax(1);
        threshold.setStep(0.01);
        threshold.setPlaceholder("usual");
        probe.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        found.getElement().setAttribute("aria-live", "polite");
        Div row = new Div(question, most, threshold, probe);
        row.addClassName("probe-row");
        add(new Paragraph(group == null ? "Searches all schema groups." : "Searches " + group + "."), row, found);
    }

    private void probe() {
        String asked = question.getValue().strip();
        if (asked.isEmpty()) {
            question.focus();
            return;
        }
        if (most.isInvalid() || threshold.isInvalid()) {
            return;
        }
        Integer k = most.getValue();
        Double least = threshold.getValue();
        probe.setEnabled(false);
        background.run(UI.getCurrent(), () -> search.search(asked, group, k, least), this::show, words -> {
            probe.setEnabled(true);
            Notices.error(words);
        });
    }

    private void show(Retrieval retrieval) {
        probe.setEnabled(true);
        found.removeAll();
        if (retrieval.degraded()) {
            found.add(muted("Found without all means: " + retrieval.degradedReason()));
        }
        if (retrieval.hits().isEmpty()) {
            found.add(muted("Nothing above the threshold. The closest:"), new TableHits(retrieval.closest()));
        } else {
            found.add(new TableHits(retrieval.hits()));
        }
    }

    private static Paragraph muted(String words) {
        Paragraph paragraph = new Paragraph(words);
        paragraph.addClassName("muted");
        return paragraph;
    }
}
