package io.dragoman.ui.access;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** Where people sign in. */
@Route(value = SignInView.PATH, autoLayout = false)
@PageTitle("Sign in")
@AnonymousAllowed
public class SignInView extends Div implements BeforeEnterObserver {

    /** Its path. */
    static final String PATH = "login";

    private final LoginForm form = new LoginForm(words());

    SignInView() {
        addClassName("sign-in");
        form.setAction(PATH);
        form.setForgotPasswordButtonVisible(false);
        Image mark = new Image("icons/dragoman.svg", "");
        mark.addClassName("sign-in-mark");
        add(mark, form);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        form.setError(event.getLocation().getQueryParameters().getParameters().containsKey("error"));
    }

    private static LoginI18n words() {
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle("Sign in to Dragoman");
        words.getForm().setUsername("Name");
        words.getForm().setSubmit("Sign in");
        words.getErrorMessage().setTitle("That did not let you in");
        words.getErrorMessage().setMessage("The name or the password is not right, or there were too many attempts: wait a "
                + "minute and try again.");
        return words;
    }
}
