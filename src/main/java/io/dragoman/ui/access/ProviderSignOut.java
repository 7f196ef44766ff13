package io.dragoman.ui.access;

import com.vaadin.flow.spring.security.UidlRedirectStrategy;
import io.dragoman.security.oidc.OidcClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/**
 * Sends people who signed in at the provider there when they sign out, so that the session there ends too (OpenID Connect
 * RP-Initiated Logout 1.0). The others, and all while the provider cannot be asked for its address, go back to the pages.
 */
final class ProviderSignOut extends OidcClientInitiatedLogoutSuccessHandler {

    ProviderSignOut(OidcClient client) {
        super(client);
        setRedirectStrategy(new UidlRedirectStrategy());
        setPostLogoutRedirectUri(client.afterSignOut());
    }

    @Override
    protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response, Authentication person) {
        try {
            return super.determineTargetUrl(request, response, person);
        } catch (OAuth2AuthenticationException e) {
            return getDefaultTargetUrl();
        }
    }
}
