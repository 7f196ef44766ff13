package io.dragoman.approval;

import io.dragoman.dialect.Finding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A query that waits for a person.
 *
 * @param queryId     the run
 * @param question    what was asked
 * @param askedBy     the name of who asked
 * @param reason      why somebody has to approve it
 * @param query       what is to be run
 * @param dialect     its language
 * @param schemaGroup what it is about
 * @param datasource  where it is to run; null when none is known
 * @param execute     whether it is run when it is approved
 * @param findings    what the checks say of it
 * @param createdAt   since when it waits
 */
public record PendingApproval(UUID queryId, String question, String askedBy, String reason, String query, String dialect,
        String schemaGroup, String datasource, boolean execute, List<Finding> findings, Instant createdAt) {
}
