package io.dragoman.api.socket;

import io.dragoman.config.DragomanProperties;
import io.dragoman.config.SocketProperties;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.web.cors.CorsConfiguration;

/** Serves {@code /ws} on the application's port. */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration {

    private static final String PATH = "/ws";

    @Bean
    @ConditionalOnProperty(name = "dragoman.socket.enabled", matchIfMissing = true)
    ServletRegistrationBean<SocketServlet> socket(SocketDoor door, SocketProperties limits, DragomanProperties properties) {
        long longestPollMs = limits.pingInterval().plus(limits.pingTimeout()).plus(limits.slowReader()).toMillis();
        ServletRegistrationBean<SocketServlet> registration = new ServletRegistrationBean<>(
                new SocketServlet(door, properties.security().corsOrigins(), longestPollMs), PATH, PATH + "/*");
        registration.setName("socket");
        registration.setAsyncSupported(true);
        return registration;
    }

    /**
     * Lets requests to the socket itself through, and nothing else below its path. Who calls is found out there, as browsers
     * cannot send a header with a WebSocket; until then nothing is done but waiting for it. No cookie is read.
     */
    @Bean
    @Order(2)
    SecurityFilterChain socketSecurity(HttpSecurity http, DragomanProperties properties) throws Exception {
        List<String> origins = properties.security().corsOrigins();
        return http.securityMatcher(request -> request.getRequestURI().equals(PATH) || request.getRequestURI().startsWith(PATH + "/"))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(origins.isEmpty() ? AbstractHttpConfigurer::disable
                        : cors -> cors.configurationSource(request -> fromOrigins(origins)))
                .headers(headers -> headers.referrerPolicy(Customizer.withDefaults())
                        .addObjectPostProcessor(new HeadersFirst()))
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers(request -> request.getRequestURI().equals(PATH)
                                || request.getRequestURI().equals(PATH + "/")).permitAll()
                        .anyRequest().denyAll())
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND)))
                .build();
    }

    /** Headers are set before the request is served: a poll is answered by another thread. */
    private static final class HeadersFirst implements ObjectPostProcessor<HeaderWriterFilter> {

        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    }

    private static CorsConfiguration fromOrigins(List<String> origins) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(List.of("Authorization", "X-API-Key", "Content-Type"));
        cors.setMaxAge(3_600L);
        return cors;
    }
}
