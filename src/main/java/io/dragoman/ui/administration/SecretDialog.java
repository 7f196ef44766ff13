package io.dragoman.ui.administration;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.ui.shell.Notices;

/** Shows a key or password once, to be copied. */
class SecretDialog extends Dialog {

    /** @param label what it is */
    SecretDialog(String title, String label, String secret, String explained) {
        setHeaderTitle(title);
        setCloseOnOutsideClick(false);
        TextField shown = new TextField(label);
        shown.setValue(secret);
        shown.setReadOnly(true);
        shown.addClassName("secret");
        Button copy = new Button("Copy", VaadinIcon.COPY_O.create(), click -> copy(secret));
        Div row = new Div(shown, copy);
        row.addClassName("secret-row");
        Div content = new Div(new Paragraph(explained), row);
        content.addClassName("dialog-form");
        add(content);
        Button done = new Button("I have it", click -> close());
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(done);
    }

    private void copy(String secret) {
        getElement().executeJs("return navigator.clipboard.writeText($0).then(() => true, () => false)", secret)
                .then(Boolean.class, copied -> {
                    if (copied) {
                        Notices.done("Copied.");
                    } else {
                        Notices.error("The browser does not let it be copied: select it and press Ctrl+C.");
                    }
                });
    }
}
