package io.dragoman.feedback;

import io.dragoman.dialect.Finding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What somebody said of a run, and what became of it.
 *
 * @param queryId       the run
 * @param question      what was asked
 * @param query         the query that the run wrote; null when it wrote none
 * @param dialect       the language of the query; null when not known
 * @param schemaGroup   the name of the schema group that the run is about; null when none was found
 * @param datasource    the name of the datasource; null when none is known
 * @param engine        {@code llm} or {@code offline}, who wrote the query
 * @param rating        1 for good, -1 for bad; null when not rated
 * @param correction    what the query should be; null when nobody said
 * @param comment       null for none
 * @param author        the name of who said it
 * @param status        how far the review is
 * @param findings      what the checks say of the correction; never null
 * @param reviewedBy    the name of the curator; null while nobody looked at it
 * @param reviewComment what the curator says; null for nothing
 * @param exampleId     the example of the schema group that says the same; null while it is not promoted
 */
public record Feedback(UUID id, UUID queryId, String question, String query, String dialect, String schemaGroup,
        String datasource, String engine, Integer rating, String correction, String comment, String author, Status status,
        List<Finding> findings, String reviewedBy, Instant reviewedAt, String reviewComment, UUID exampleId,
        Instant createdAt, Instant updatedAt) {

    /** Copies the list. */
    public Feedback {
        findings = List.copyOf(findings);
    }

    /** How far the review is. */
    public enum Status { OPEN, ACCEPTED, REJECTED }

    /** Whether an example came of it, or there is one that says the same. */
    public boolean promoted() {
        return exampleId != null;
    }

    /** What would be promoted: the correction, or the query itself where it was found good; null for nothing. */
    public String rightQuery() {
        return correction != null ? correction : rating != null && rating > 0 ? query : null;
    }
}
