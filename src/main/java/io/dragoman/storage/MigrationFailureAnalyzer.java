package io.dragoman.storage;

import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells why the database schema could not be brought to this version. */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        return new FailureAnalysis("The database could not be migrated: " + cause.getMessage(),
                "Use a database or data folder of this or an earlier version of Dragoman, and a user who may create"
                        + " tables.", cause);
    }
}
