package io.dragoman.api;

import io.dragoman.failure.Failures;
import io.dragoman.security.AuditLog;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;

/** Serves REST routes on the application's port, each within {@link RestCall}. */
@Configuration(proxyBeanMethods = false)
class RestServer {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    /** Replaces Camel's own engine, so that no route can reply outside the envelope. */
    @Bean("platform-http-engine")
    PlatformHttpEngine platformHttpEngine(Environment environment, Failures failures, OpenApiDocument openApi,
            EndpointRoles roles, AuditLog audit,
            @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME) AsyncTaskExecutor executor) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        return new SpringBootPlatformHttpEngine(port, executor) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                EndpointRoles.Access access = roles.of(method(endpoint), endpoint.getPath());
                if (!access.listed()) {
                    LOG.error("Nobody may call {}: it is not in the table of roles", access.call());
                }
                return new SpringBootPlatformHttpConsumer(endpoint,
                        new RestCall(processor, access, failures, openApi, audit), executor) {
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

    private static String method(PlatformHttpEndpoint endpoint) {
        return endpoint.getHttpMethodRestrict() == null ? "*" : endpoint.getHttpMethodRestrict().toUpperCase(Locale.ROOT);
    }
}
