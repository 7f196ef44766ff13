package io.dragoman.api;

import io.dragoman.config.DragomanProperties;
import io.dragoman.security.Credentials;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Who gets into the API: whoever shows a key or token. It has no sessions and reads no cookie, so that nothing can be forged
 * across sites. What a caller may do there is in {@link EndpointRoles}.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

    private static final String API_CONTENT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final String DOCS_CONTENT = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** Timing each of Spring Security's filters took a twentieth of the time of a question, and told nothing. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, EndpointRoles roles, Credentials credentials, DragomanProperties properties,
            SecurityContextHolderStrategy holder) throws Exception {
        SignInFailures failures = new SignInFailures();
        List<String> origins = properties.security().corsOrigins();
        return http.securityMatcher(RequestGuard.BASE_PATH, RequestGuard.BASE_PATH + "/**")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(origins.isEmpty() ? AbstractHttpConfigurer::disable
                        : cors -> cors.configurationSource(fromOrigins(origins)))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(API_CONTENT))
                        .referrerPolicy(Customizer.withDefaults()))
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll()
                        .requestMatchers(roles.openPaths()).permitAll()
                        .anyRequest().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(failures).accessDeniedHandler(failures))
                .addFilterBefore(new CredentialFilter(credentials, failures, holder), AnonymousAuthenticationFilter.class)
                .build();
    }

    /** The page that describes the API, and the server's pulse: for everyone. */
    @Bean
    @Order(2)
    SecurityFilterChain documentation(HttpSecurity http) throws Exception {
        return http.securityMatcher("/docs", "/docs/**", "/webjars/**", "/actuator/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(DOCS_CONTENT))
                        .cacheControl(cache -> cache.disable()))
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/docs", "/docs/**", "/webjars/**", "/actuator/health").permitAll()
                        .anyRequest().denyAll())
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND)))
                .build();
    }

    private static UrlBasedCorsConfigurationSource fromOrigins(List<String> origins) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of("Authorization", "X-API-Key", "Content-Type", "Accept", "X-Trace-Id"));
        cors.setExposedHeaders(List.of("X-Trace-Id", "Retry-After"));
        cors.setMaxAge(3_600L);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration(RequestGuard.BASE_PATH + "/**", cors);
        return source;
    }
}
