package io.dragoman.ui.ask;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.dragoman.pipeline.Question;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Where a question is written: Enter asks, Shift+Enter begins a line. */
class QuestionForm extends Section {

    /** Hears what is to be asked. */
    interface Listener {

        /**
         * Somebody asks.
         *
         * @param group    the schema group's name; null lets retrieval choose
         * @param approval whether somebody has to approve the query first
         */
        void ask(String text, String group, boolean execute, boolean approval);

        /** Somebody has waited long enough. */
        void cancel();
    }

    private final Listener listener;
    private final TextArea text = new TextArea("Your question");
    private final Span counter = new Span();
    private final Select<String> group = new Select<>();
    private final Checkbox execute = new Checkbox("Run the query", true);
    private final Checkbox approval = new Checkbox("With approval");
    private final Button ask = new Button("Ask", VaadinIcon.ARROW_RIGHT.create());
    private final Button cancel = new Button("Cancel");
    private String wanted;

    QuestionForm(Listener listener) {
        this.listener = listener;
        addClassNames("card", "question-form");
        getElement().setAttribute("aria-label", "Ask a question");
        writeQuestions();
        chooseGroups();
        offerActions();
        Div row = new Div(group, execute, approval, counter, cancel, ask);
        row.addClassName("question-actions");
        add(text, row);
        running(false);
    }

    /** The schema groups to choose from. */
    void offer(List<String> groups) {
        String chosen = group();
        group.setItems(groups);
        choose(chosen);
    }

    /** Fills the form in; a group that is not offered yet is chosen when it is. */
    void fill(String question, String groupName) {
        text.setValue(question);
        choose(groupName);
    }

    private void choose(String groupName) {
        boolean offered = groupName == null || group.getListDataView().contains(groupName);
        wanted = offered ? null : groupName;
        group.setValue(offered ? groupName : null);
    }

    /** Tells which group is chosen, null for none, whenever that changes. */
    void onGroup(Consumer<String> chosen) {
        group.addValueChangeListener(change -> chosen.accept(change.getValue()));
    }

    /** What is asked with the form as it stands. */
    void submit() {
        submit(text.getValue());
    }

    /** Says which schema group the conversation goes on in; null for a conversation that begins. */
    void continuing(String groupName) {
        text.setHelperText(groupName == null ? null : "Goes on in " + groupName
                + ": you can change what was asked before, such as “only the last month”.");
    }

    /** Whether a question is being worked on. */
    void running(boolean running) {
        ask.setEnabled(!running);
        cancel.setVisible(running);
    }

    /** Puts the cursor into the question. */
    void write() {
        text.focus();
    }

    /** The schema group that is chosen; null when none is. */
    String group() {
        return wanted == null ? group.getValue() : wanted;
    }

    private void submit(String question) {
        if (!ask.isEnabled()) {
            return;
        }
        String asked = question == null ? "" : question.strip();
        text.setInvalid(asked.isEmpty() || asked.length() > Question.MAX_LENGTH);
        if (text.isInvalid()) {
            text.setErrorMessage(asked.isEmpty() ? "Type a question first." : "At most 2,000 characters.");
            text.focus();
            return;
        }
        listener.ask(asked, group(), execute.getValue(), approval.getValue());
    }

    private void writeQuestions() {
        text.setPlaceholder("Such as: top 5 customers by revenue this year");
        text.setMaxLength(Question.MAX_LENGTH);
        text.setManualValidation(true);
        text.setMinRows(2);
        text.setMaxRows(8);
        text.setWidthFull();
        text.setAutofocus(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addValueChangeListener(change -> count(change.getValue().length()));
        text.getElement().addEventListener("keydown", event -> submit(event.getEventData().getString("element.value")))
                .setFilter("event.key === 'Enter' && !event.shiftKey && !event.isComposing"
                        + " && (event.preventDefault() || true)")
                .addEventData("element.value");
        counter.addClassNames("muted", "end");
        count(0);
    }

    private void count(int length) {
        counter.setText(String.format(Locale.ROOT, "%,d / %,d", length, Question.MAX_LENGTH));
        text.setInvalid(false);
    }

    private void chooseGroups() {
        group.setLabel("Schema group");
        group.setEmptySelectionAllowed(true);
        group.setEmptySelectionCaption("Choose for me");
        group.setPlaceholder("Choose for me");
    }

    private void offerActions() {
        ask.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        ask.setIconAfterText(true);
        ask.addClickListener(click -> submit());
        cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        cancel.addClickListener(click -> listener.cancel());
    }
}
