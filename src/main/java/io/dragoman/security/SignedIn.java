package io.dragoman.security;

import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.Authentication;

/** A person with a session: what the session remembers is who it is; what that person may do is looked up each time. */
public interface SignedIn {

    /** The stored user. */
    UUID userId();

    /** Who that is at the moment; {@link Caller#NOBODY} once the account is disabled or gone. */
    Caller caller();

    /** The person of an authentication; empty when it is none of a session. */
    static Optional<SignedIn> of(Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof SignedIn person
                ? Optional.of(person) : Optional.empty();
    }
}
