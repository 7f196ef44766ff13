package io.dragoman.ui.access;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.User;
import io.dragoman.security.Users;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.MainLayout;
import io.dragoman.ui.shell.Notices;
import jakarta.annotation.security.PermitAll;

/** Where people change their password. */
@PermitAll
@Route(value = "password", layout = MainLayout.class)
@PageTitle("Password")
class PasswordView extends Div {

    private final Users users;
    private final PasswordField present = new PasswordField("Present password");
    private final PasswordField wanted = new PasswordField("New password, 12 characters or more");
    private final PasswordField again = new PasswordField("The new one again");

    PasswordView(Users users) {
        this.users = users;
        addClassNames("page", "narrow");
        present.getElement().setAttribute("autocomplete", "current-password");
        wanted.getElement().setAttribute("autocomplete", "new-password");
        again.getElement().setAttribute("autocomplete", "new-password");
        Button change = new Button("Change it", click -> change());
        change.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        change.addClickShortcut(Key.ENTER);
        Card card = new Card("Change your password");
        Caller caller = CurrentCall.current();
        if (users.find(caller.userId()).map(User::mustChangePassword).orElse(false)) {
            card.add(new Paragraph("The password that you signed in with was made up by the server and written to its log. "
                    + "Choose your own before you go on."));
        }
        Div fields = new Div(present, wanted, again, change);
        fields.addClassName("fields");
        card.add(fields);
        add(card);
    }

    private void change() {
        again.setInvalid(!again.getValue().equals(wanted.getValue()));
        again.setErrorMessage("This is not the same.");
        if (again.isInvalid()) {
            return;
        }
        try {
            users.changePassword(CurrentCall.current().userId(), present.getValue(), wanted.getValue());
        } catch (FailureException refused) {
            Notices.error(Background.words(refused));
            return;
        }
        Notices.done("The password is changed.");
        UI.getCurrent().navigate("");
    }
}
