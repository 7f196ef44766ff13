package io.dragoman.ui.access;

import com.vaadin.flow.spring.security.RequestUtil;
import com.vaadin.flow.spring.security.VaadinAwareSecurityContextHolderStrategyConfiguration;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets into the pages: people with a session, which they get by signing in. */
@Configuration(proxyBeanMethods = false)
@Import(VaadinAwareSecurityContextHolderStrategyConfiguration.class)
class PagesSecurity {

    /** Flow starts with inline scripts and evaluates what the server sends; nothing comes from or goes to elsewhere. */
    private static final String CONTENT = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /** Everything that is neither API nor documentation. Where there are no pages, it is refused. */
    @Bean
    @Order(3)
    SecurityFilterChain pages(HttpSecurity http, ObjectProvider<RequestUtil> vaadin) throws Exception {
        if (vaadin.getIfAvailable() == null) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll()).build();
        }
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/icons/**").permitAll())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .with(VaadinSecurityConfigurer.vaadin(), pages -> pages.loginView(SignInView.class))
                .build();
    }
}
