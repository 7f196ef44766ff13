package io.dragoman.feedback;

import java.time.Instant;

/**
 * A step in the history of feedback.
 *
 * @param actor      the name of who did it
 * @param action     {@code given}, {@code changed}, {@code accepted}, {@code rejected}, {@code reopened}, {@code promoted} or
 *                   {@code demoted}
 * @param rating     as given or changed; null otherwise
 * @param correction as given, changed or promoted; null otherwise
 * @param comment    of the author or of the curator; null for none
 */
public record Change(Instant at, String actor, String action, Integer rating, String correction, String comment) {
}
