package io.dragoman.dialect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the dialects are made with. */
@Configuration(proxyBeanMethods = false)
class DialectConfiguration {

    @Bean
    QueryLimits queryLimits() {
        return QueryLimits.DEFAULT;
    }
}
