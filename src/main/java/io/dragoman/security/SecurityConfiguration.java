package io.dragoman.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Puts together what Spring Security is asked to do here. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** bcrypt for new passwords, and whatever Spring knows for older ones. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
