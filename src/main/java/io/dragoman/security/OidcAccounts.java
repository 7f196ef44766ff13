package io.dragoman.security;

import io.dragoman.security.oidc.OidcClaims;
import io.dragoman.security.oidc.OidcIdentity;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;

/** People who sign in to the pages at an OpenID Connect provider. Thread-safe. */
@Service
public class OidcAccounts {

    private final Users users;
    private final ExternalUsers external;
    private final OidcClaims claims;

    OidcAccounts(Users users, ExternalUsers external, OidcClaims claims) {
        this.users = users;
        this.external = external;
        this.claims = claims;
    }

    /**
     * Whom a session is of; the stored user becomes what the provider says.
     *
     * @param person whose token was checked
     * @throws OAuth2AuthenticationException when the user is disabled here, or the token does not say who it is about
     */
    public OidcUser signedIn(OidcUser person) {
        OidcIdentity identity;
        try {
            identity = claims.identity(person.getClaims());
        } catch (IllegalArgumentException e) {
            throw new OAuth2AuthenticationException(new OAuth2Error("invalid_token", e.getMessage(), null));
        }
        User user = external.signIn(identity);
        if (!user.enabled()) {
            throw new OAuth2AuthenticationException(new OAuth2Error("access_denied", "the user is disabled", null));
        }
        return new Account(user.id(), user.name(), Accounts.authorities(user.roles()), person.getIdToken(), users);
    }

    /** A person with a session. Of the provider's claims only the token is kept, which says who it was. */
    private record Account(UUID userId, String getName, Collection<? extends GrantedAuthority> getAuthorities,
            OidcIdToken getIdToken, Users users) implements OidcUser, SignedIn {

        @Override
        public Caller caller() {
            return Accounts.caller(users, userId);
        }

        @Override
        public Map<String, Object> getClaims() {
            return getIdToken.getClaims();
        }

        @Override
        public Map<String, Object> getAttributes() {
            return getIdToken.getClaims();
        }

        @Override
        public OidcUserInfo getUserInfo() {
            return null;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Account account && account.userId.equals(userId);
        }

        @Override
        public int hashCode() {
            return userId.hashCode();
        }

        @Override
        public String toString() {
            return "Account[" + getName + "]";
        }
    }
}
