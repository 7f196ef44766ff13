package io.dragoman.ui.access;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.dragoman.security.oidc.OidcClient;
import java.util.Optional;

/** Where people sign in. */
@Route(value = SignInView.PATH, autoLayout = false)
@PageTitle("Sign in")
@AnonymousAllowed
public class SignInView extends Div implements BeforeEnterObserver {

    /** Its path. */
    static final String PATH = "login";

    /** The parameter's value that tells of a provider that let nobody in. */
    static final String PROVIDER = "provider";

    private final LoginForm form = new LoginForm(words());
    private final OidcClient client;
    private final Paragraph refusal = new Paragraph();

    SignInView(OidcClient client) {
        this.client = client;
        addClassName("sign-in");
        form.setAction(PATH);
        form.setForgotPasswordButtonVisible(false);
        Image mark = new Image("icons/dragoman.svg", "");
        mark.addClassName("sign-in-mark");
        add(mark);
        if (client.configured()) {
            add(atProvider());
        }
        add(form);
    }

    private Div atProvider() {
        refusal.addClassName("sign-in-refusal");
        refusal.getElement().setAttribute("role", "alert");
        refusal.setText(client.providerName() + " let nobody in: it could not be reached, or it does not know you. Try again, "
                + "or sign in with a name and password.");
        refusal.setVisible(false);
        Anchor button = new Anchor("oauth2/authorization/" + OidcClient.REGISTRATION, "Sign in with " + client.providerName());
        button.setRouterIgnore(true);
        button.addClassName("sign-in-provider");
        Div part = new Div(refusal, button);
        part.addClassName("sign-in-at-provider");
        return part;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<String> error = event.getLocation().getQueryParameters().getSingleParameter("error");
        refusal.setVisible(error.filter(PROVIDER::equals).isPresent());
        form.setError(error.isPresent() && !refusal.isVisible());
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
