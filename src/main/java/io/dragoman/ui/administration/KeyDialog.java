package io.dragoman.ui.administration;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.security.ApiKey;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import io.dragoman.security.User;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Asks what an API key is to be. */
class KeyDialog extends Dialog {

    private final TextField name = new TextField("What it is for");
    private final ComboBox<User> owner = new ComboBox<>("On behalf of");
    private final CheckboxGroup<Role> roles = new CheckboxGroup<>("Roles");
    private final Sight sight;
    private final DatePicker last = new DatePicker("Last day (UTC)");
    private final IntegerField calls = new IntegerField("Calls a second");
    private final Paragraph refusal = new Paragraph();

    KeyDialog(List<User> users, List<String> groups, List<String> sources, BiConsumer<ApiKey.Draft, KeyDialog> made) {
        sight = new Sight("What the user sees", groups, sources);
        setHeaderTitle("Make an API key");
        name.setMaxLength(200);
        name.setRequiredIndicatorVisible(true);
        name.setManualValidation(true);
        owner.setItems(users.stream().filter(User::enabled).toList());
        owner.setItemLabelGenerator(User::name);
        owner.setRequiredIndicatorVisible(true);
        owner.setManualValidation(true);
        roles.setItemLabelGenerator(Words::role);
        owner.addValueChangeListener(change -> offerRoles(change.getValue()));
        roles.addValueChangeListener(change -> sight.setVisible(!roles.getValue().contains(Role.ADMIN)));
        UUID me = CurrentCall.current().userId();
        users.stream().filter(user -> user.id().equals(me)).findFirst().ifPresent(owner::setValue);
        last.setHelperText("Left empty: it does not expire");
        last.setMin(LocalDate.now(ZoneOffset.UTC));
        last.setClearButtonVisible(true);
        calls.setHelperText("Left empty: the usual limit");
        calls.setMin(1);
        Div bounds = new Div(last, calls);
        bounds.addClassName("field-row");
        refusal.addClassName("refusal");
        refusal.getElement().setAttribute("role", "alert");
        refusal.setVisible(false);
        Div form = new Div(name, owner, roles, sight, bounds, refusal);
        form.addClassName("dialog-form");
        add(form);
        Button make = new Button("Make it", click -> make(made));
        make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), make);
    }

    private void offerRoles(User user) {
        Set<Role> may = user == null ? Set.of() : user.roles().contains(Role.ADMIN) ? Set.of(Role.values()) : user.roles();
        roles.setItems(may.stream().sorted().toList());
        roles.setValue(may.contains(Role.ASKER) ? Set.of(Role.ASKER) : Set.of());
    }

    private void make(BiConsumer<ApiKey.Draft, KeyDialog> made) {
        name.setInvalid(name.getValue().isBlank());
        name.setErrorMessage("Needed, to recognise it by.");
        owner.setInvalid(owner.isEmpty());
        owner.setErrorMessage("Needed.");
        roles.setInvalid(roles.getValue().isEmpty());
        roles.setErrorMessage("At least one.");
        if (name.isInvalid() || owner.isInvalid() || roles.isInvalid() || last.isInvalid() || calls.isInvalid()) {
            return;
        }
        boolean admin = roles.getValue().contains(Role.ADMIN);
        made.accept(new ApiKey.Draft(name.getValue().strip(), owner.getValue().id().toString(), roles.getValue(),
                admin ? null : sight.groups(), admin ? null : sight.sources(),
                last.isEmpty() ? null : last.getValue().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), calls.getValue()), this);
    }

    /** Says why no key was made. */
    void refused(String why) {
        refusal.setText(why);
        refusal.setVisible(true);
    }
}
