package io.dragoman.feedback;

/**
 * What a curator decides.
 *
 * @param status     {@code OPEN} takes an earlier decision back
 * @param promote    whether an example is to say the same; null leaves that as it is when accepted. Only what is accepted
 *                   is an example: every other decision takes it back
 * @param comment    null for none
 * @param question   the question of the example; null for the run's
 * @param correction the query of the example; null for the correction that was given, or the run's query if it was found good
 */
public record Review(Feedback.Status status, Boolean promote, String comment, String question, String correction) {

    boolean promotes(Feedback feedback) {
        return status == Feedback.Status.ACCEPTED && (promote == null ? feedback.promoted() : promote);
    }
}
