package io.dragoman.pipeline;

import io.dragoman.llm.LlmProviders;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the routes of {@code llm.camel.yaml} for each provider that is configured. */
@Configuration
class LlmRoutes {

    @Bean
    CamelContextConfiguration llmProviderRoutes(LlmProviders providers) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                // The templates are read when the context starts.
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                for (String provider : providers.names()) {
                    for (String template : new String[] {"llm-provider-chat", "llm-provider-call", "llm-provider"}) {
                        TemplatedRouteBuilder.builder(context, template)
                                .routeId(template.replace("provider", provider)).prefixId(template.replace("provider", provider) + "-")
                                .parameter("provider", provider).add();
                    }
                }
            }
        };
    }
}
