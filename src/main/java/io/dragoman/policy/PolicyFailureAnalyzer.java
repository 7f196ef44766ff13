package io.dragoman.policy;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells why the server does not start with a policy. */
class PolicyFailureAnalyzer extends AbstractFailureAnalyzer<PolicyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PolicyException cause) {
        return new FailureAnalysis(cause.getMessage(), "Correct it, or set DRAGOMAN_POLICY_FILE to another file.", cause);
    }
}
