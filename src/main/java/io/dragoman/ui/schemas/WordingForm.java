package io.dragoman.ui.schemas;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.function.Consumer;

/** What people say of a table or column: its description and other words for it. */
class WordingForm extends Div {

    private final TextArea description = new TextArea("Description");
    private final TextField synonyms = new TextField("Other words for it, separated by commas");

    /** @param saved gets what is to be stored */
    WordingForm(String text, List<String> words, Consumer<Wording> saved) {
        addClassName("wording");
        description.setValue(text == null ? "" : text);
        description.setMaxLength(10_000);
        description.setWidthFull();
        synonyms.setValue(String.join(", ", words));
        synonyms.setMaxLength(10_000);
        synonyms.setWidthFull();
        Button save = new Button("Save");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.setDisableOnClick(true);
        save.addClickListener(click -> saved.accept(new Wording(description.getValue(), words(), Map.of())));
        add(description, synonyms, save);
    }

    private List<String> words() {
        return Stream.of(synonyms.getValue().split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }
}
