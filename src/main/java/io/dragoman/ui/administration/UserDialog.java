package io.dragoman.ui.administration;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.security.Role;
import io.dragoman.security.User;
import io.dragoman.ui.shell.Notices;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Asks what a user is to be. */
class UserDialog extends Dialog {

    /**
     * What was filled in.
     *
     * @param password whether a password is to be made up
     * @param done     to be called when it was stored
     */
    record Filled(User.Draft draft, boolean password, Runnable done) {
    }

    private final User user;
    private final TextField name = new TextField("Name");
    private final CheckboxGroup<Role> roles = new CheckboxGroup<>("Roles");
    private final Sight sight;
    private final Checkbox password = new Checkbox("Signs in with a password, made up now", true);

    /**
     * @param user  null for a new one
     * @param saved gets what was filled in, and what to call with the reason when it cannot be stored
     */
    UserDialog(User user, List<String> groups, List<String> sources, BiConsumer<Filled, Consumer<String>> saved) {
        this.user = user;
        this.sight = new Sight("Every schema group and datasource", groups, sources);
        setHeaderTitle(user == null ? "Add a user" : "Edit " + user.name());
        name.setMaxLength(200);
        name.setRequiredIndicatorVisible(true);
        name.setManualValidation(true);
        roles.setItems(Role.values());
        roles.setItemLabelGenerator(Words::role);
        roles.setValue(user == null ? Set.of(Role.ASKER) : user.roles());
        roles.addValueChangeListener(change -> sight.setVisible(!roles.getValue().contains(Role.ADMIN)));
        Div form = new Div();
        form.addClassName("dialog-form");
        if (user == null) {
            form.add(name, roles, sight, password);
        } else {
            form.add(roles, sight);
            sight.show(user.schemaGroups(), user.dataSources());
            sight.setVisible(!user.roles().contains(Role.ADMIN));
        }
        if (user != null && user.external()) {
            roles.setHelperText("The identity provider says these anew at each sign-in.");
        }
        add(form);
        Button save = new Button("Save", click -> save(saved));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private void save(BiConsumer<Filled, Consumer<String>> saved) {
        boolean all = !sight.isVisible() || sight.everything();
        User.Draft draft = new User.Draft(user == null ? name.getValue().strip() : null, null, roles.getValue(), null,
                all ? null : sight.groups(), all ? null : sight.sources(), user != null);
        saved.accept(new Filled(draft, user == null && password.getValue(), this::close), why -> {
            name.setInvalid(user == null);
            name.setErrorMessage(why);
            if (user != null) {
                Notices.error(why);
            }
        });
    }
}
