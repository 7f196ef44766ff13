package io.dragoman.ui.access;

import com.vaadin.flow.spring.security.RequestUtil;
import com.vaadin.flow.spring.security.VaadinAwareSecurityContextHolderStrategyConfiguration;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.dragoman.security.OidcAccounts;
import io.dragoman.security.oidc.OidcClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets into the pages: people with a session, which they get by signing in. */
@Configuration(proxyBeanMethods = false)
@Import(VaadinAwareSecurityContextHolderStrategyConfiguration.class)
class PagesSecurity {

    /** Flow starts with inline scripts and evaluates what the server sends; nothing comes from or goes to elsewhere. */
    private static final String CONTENT = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(PagesSecurity.class);

    /** Everything that is neither API nor documentation. Where there are no pages, it is refused. */
    @Bean
    @Order(3)
    SecurityFilterChain pages(HttpSecurity http, ObjectProvider<RequestUtil> vaadin, OidcClient client, OidcAccounts accounts)
            throws Exception {
        if (vaadin.getIfAvailable() == null) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll()).build();
        }
        if (client.configured()) {
            http.oauth2Login(login -> signInAtProvider(login, client, accounts));
        }
        return http.addFilterBefore(new CrossSitePostFilter(), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/icons/**").permitAll())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .with(VaadinSecurityConfigurer.vaadin(), pages -> {
                    pages.loginView(SignInView.class);
                    if (client.configured()) {
                        pages.logoutSuccessHandler(new ProviderSignOut(client));
                    }
                })
                .build();
    }

    private static void signInAtProvider(OAuth2LoginConfigurer<HttpSecurity> login, OidcClient client, OidcAccounts accounts) {
        DefaultOAuth2AuthorizationRequestResolver requests = new DefaultOAuth2AuthorizationRequestResolver(client,
                OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        SimpleUrlAuthenticationFailureHandler failed = new SimpleUrlAuthenticationFailureHandler(
                "/" + SignInView.PATH + "?error=" + SignInView.PROVIDER);
        login.loginPage("/" + SignInView.PATH).clientRegistrationRepository(client)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(client.codes()))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(request -> accounts.signedIn(client.person(request))))
                .failureHandler((request, response, why) -> {
                    LOG.warn("Nobody was signed in by the OpenID Connect provider: {}", why.getMessage());
                    failed.onAuthenticationFailure(request, response, why);
                })
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler(failed);
                        return filter;
                    }
                });
    }

    /** The provider's tokens are for signing in alone: none is kept. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(String registration, Authentication person,
                HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication person, HttpServletRequest request,
                HttpServletResponse response) {
            // On purpose: nothing is called on behalf of people.
        }

        @Override
        public void removeAuthorizedClient(String registration, Authentication person, HttpServletRequest request,
                HttpServletResponse response) {
            // None is kept.
        }
    }
}
