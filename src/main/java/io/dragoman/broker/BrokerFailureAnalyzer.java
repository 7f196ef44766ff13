package io.dragoman.broker;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a {@link BrokerException} that stopped the start in its own words. */
class BrokerFailureAnalyzer extends AbstractFailureAnalyzer<BrokerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BrokerException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
