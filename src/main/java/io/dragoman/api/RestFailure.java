package io.dragoman.api;

import io.dragoman.failure.Failures;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.springframework.stereotype.Component;

/** For {@code onException} in REST routes: what was thrown becomes the reply. */
@Component("restFailure")
final class RestFailure {

    private final Failures failures;

    RestFailure(Failures failures) {
        this.failures = failures;
    }

    /** Replaces the body by what the caller is told. */
    public void reply(Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        exchange.getMessage().setBody(failures.of(caught, exchange.getProperty(RestCall.TRACE_ID, String.class)));
    }
}
