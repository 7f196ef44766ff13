package io.dragoman.api;

import io.dragoman.failure.Failures;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;

/** Serves REST routes on the application's port, each within {@link RestCall}. */
@Configuration(proxyBeanMethods = false)
class RestServer {

    /** Replaces Camel's own engine, so that no route can reply outside the envelope. */
    @Bean("platform-http-engine")
    PlatformHttpEngine platformHttpEngine(Environment environment, Failures failures, OpenApiDocument openApi,
            @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME) AsyncTaskExecutor executor) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        return new SpringBootPlatformHttpEngine(port, executor) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                return new SpringBootPlatformHttpConsumer(endpoint, new RestCall(processor, failures, openApi), executor) {
                    @Override
                    protected void afterProcess(HttpServletResponse response, Exchange exchange) throws Exception {
                        if (RestCall.answered(response)) {
                            doneUoW(exchange);
                            releaseExchange(exchange, false);
                        } else {
                            super.afterProcess(response, exchange);
                        }
                    }
                };
            }
        };
    }
}
