package io.dragoman.api;

import io.dragoman.failure.FailureException;
import io.dragoman.failure.Failures;
import io.dragoman.security.AuditLog;
import io.dragoman.security.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
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
            EndpointRoles roles, AuditLog audit, RateLimits limits,
            @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME) AsyncTaskExecutor executor) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        return new SpringBootPlatformHttpEngine(port, executor) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                EndpointRoles.Access access = roles.of(method(endpoint), endpoint.getPath());
                if (!access.listed()) {
                    LOG.error("Nobody may call {}: it is not in the table of roles", access.call());
                }
                Processor route = endpoint.getPath().equals(OpenApiDocument.PATH) ? openApi.madeBy(processor) : processor;
                return new Consumer(endpoint, new RestCall(route, access, failures, audit), executor, limits);
            }
        };
    }

    /** Takes the calls of one route, each at its caller's turn. */
    private static final class Consumer extends SpringBootPlatformHttpConsumer {

        private final RateLimits limits;

        Consumer(PlatformHttpEndpoint endpoint, Processor processor, Executor executor, RateLimits limits) {
            super(endpoint, processor, executor);
            this.limits = limits;
        }

        @Override
        public CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
            GuardedRequest guarded = GuardedRequest.within(request);
            FailureException full = limits.admit();
            if (full != null) {
                return refuse(full, guarded, response);
            }
            try {
                return atItsTurn(guarded, request, response).whenComplete((done, failure) -> limits.ended());
            } catch (RuntimeException e) {
                limits.ended();
                throw e;
            }
        }

        private CompletableFuture<Void> atItsTurn(GuardedRequest guarded, HttpServletRequest request, HttpServletResponse response) {
            CompletableFuture<Void> turn = limits.turn(guarded.caller(), guarded.getRemoteAddr());
            return turn == null ? serveNow(request, response)
                    : turn.handle((done, refusal) -> refusal).thenCompose(refusal -> refusal == null
                            ? serveNow(request, response) : refuse(refusal, guarded, response));
        }

        private CompletableFuture<Void> serveNow(HttpServletRequest request, HttpServletResponse response) {
            return super.service(request, response);
        }

        private static CompletableFuture<Void> refuse(Throwable refusal, GuardedRequest guarded,
                HttpServletResponse response) {
            Throwable cause = refusal instanceof CompletionException wrapped ? wrapped.getCause() : refusal;
            if (!(cause instanceof FailureException known)) {
                return CompletableFuture.failedFuture(cause);
            }
            try {
                response.setHeader("Retry-After", String.valueOf(known.failure().details().get("retry_after_s")));
                RequestGuard.write(response, known.failure(), guarded.traceId());
                return CompletableFuture.completedFuture(null);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        protected void afterProcess(HttpServletResponse response, Exchange exchange) throws Exception {
            if (RestCall.answered(response)) {
                doneUoW(exchange);
                releaseExchange(exchange, false);
            } else {
                super.afterProcess(response, exchange);
            }
        }
    }

    private static String method(PlatformHttpEndpoint endpoint) {
        return endpoint.getHttpMethodRestrict() == null ? "*" : endpoint.getHttpMethodRestrict().toUpperCase(Locale.ROOT);
    }
}
