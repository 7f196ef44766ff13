package io.dragoman.storage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Writes why the server could not start as one line. Spring Boot's own reporter, which writes many, is switched off in
 * {@code application.yaml}.
 */
class OneLineFailureReporter implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger("io.dragoman.start");

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error("Dragoman could not start: {}", line(analysis));
        LOG.debug("The cause in full", analysis.getCause());
    }

    /** Description and action as one line. */
    static String line(FailureAnalysis analysis) {
        String action = analysis.getAction();
        String text = analysis.getDescription() + (action == null || action.isBlank() ? "" : " " + action);
        return text.strip().replaceAll("\\s+", " ");
    }
}
