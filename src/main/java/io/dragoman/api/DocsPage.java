package io.dragoman.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The page that describes the API, at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
class DocsPage implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/docs").setViewName("forward:/docs/index.html");
        registry.addRedirectViewController("/docs/", "/docs");
        registry.setOrder(0);
    }
}
