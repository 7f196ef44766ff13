package io.dragoman.ui.access;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.User;
import io.dragoman.security.Users;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets nobody go on with a password that has to be changed. */
@Component
class PasswordGuard implements VaadinServiceInitListener {

    private final Users users;

    PasswordGuard(Users users) {
        this.users = users;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addUIInitListener(opened -> opened.getUI().addBeforeEnterListener(this::check));
    }

    private void check(BeforeEnterEvent event) {
        boolean must = Optional.ofNullable(CurrentCall.current().userId()).flatMap(users::find)
                .map(User::mustChangePassword).orElse(false);
        if (must && event.getNavigationTarget() != PasswordView.class) {
            event.forwardTo(PasswordView.class);
        }
    }
}
