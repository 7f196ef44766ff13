package io.dragoman.security;

import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Writes into the audit log who signed in, and who could not. */
@Component
class SignInRecord {

    private final AuditLog audit;
    private final JdbcClient database;

    SignInRecord(AuditLog audit, JdbcClient database) {
        this.audit = audit;
        this.database = database;
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        Authentication person = event.getAuthentication();
        SignedIn.of(person).ifPresent(account -> {
            UUID user = account.userId();
            database.sql("UPDATE users SET last_sign_in_at = now() WHERE id = ?").param(user).update();
            audit.called(new CurrentCall(account.caller(), "sign_in.succeeded", null, address(person)), person.getName(), null,
                    Map.of());
        });
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        Authentication person = event.getAuthentication();
        audit.called(new CurrentCall(Caller.NOBODY, "sign_in.failed", null, address(person)), person.getName(), null,
                Map.of());
    }

    private static String address(Authentication person) {
        return person.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : null;
    }
}
