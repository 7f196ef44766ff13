package io.dragoman.ui.schemas;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks for the fields of an entry. */
class EntryDialog<T> extends Dialog {

    private final List<TextFieldBase<?, String>> inputs = new ArrayList<>();

    /** @param entry what the fields begin with; null for empty fields */
    EntryDialog(String title, EntryList.Shape<T> shape, T entry, Consumer<T> saved) {
        setHeaderTitle(title);
        Div form = new Div();
        form.addClassName("dialog-form");
        shape.fields().forEach(field -> form.add(input(field, entry)));
        add(form);
        Button save = new Button("Save", click -> save(shape, saved));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private Component input(EntryList.Field<T> field, T entry) {
        String text = entry == null ? null : field.read().apply(entry);
        TextFieldBase<?, String> input = field.longText() ? area(field) : line(field);
        input.setValue(text == null ? "" : text);
        inputs.add(input);
        return input;
    }

    private static <T> TextFieldBase<?, String> area(EntryList.Field<T> field) {
        TextArea area = new TextArea(field.label());
        area.setMaxLength(10_000);
        area.setMinRows(3);
        area.setRequiredIndicatorVisible(field.required());
        area.setManualValidation(true);
        area.setWidthFull();
        return area;
    }

    private static <T> TextFieldBase<?, String> line(EntryList.Field<T> field) {
        TextField line = new TextField(field.label());
        line.setMaxLength(1_024);
        line.setRequiredIndicatorVisible(field.required());
        line.setManualValidation(true);
        line.setWidthFull();
        return line;
    }

    private void save(EntryList.Shape<T> shape, Consumer<T> saved) {
        boolean complete = true;
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            TextFieldBase<?, String> input = inputs.get(i);
            boolean missing = shape.fields().get(i).required() && input.getValue().isBlank();
            input.setInvalid(missing);
            input.setErrorMessage(missing ? "Needed." : null);
            complete &= !missing;
            texts.add(input.getValue().isBlank() ? null : input.getValue().strip());
        }
        if (complete) {
            close();
            saved.accept(shape.make().apply(texts));
        }
    }
}
