package io.dragoman.dialect;

import io.dragoman.config.DragomanProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the query languages are configured with. */
@Configuration(proxyBeanMethods = false)
class DialectConfiguration {

    @Bean
    QueryLimits queryLimits(DragomanProperties properties) {
        return new QueryLimits(properties.validation().maxLength(), properties.validation().maxTokens());
    }
}
