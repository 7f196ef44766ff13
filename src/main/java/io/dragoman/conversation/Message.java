package io.dragoman.conversation;

import java.time.Instant;
import java.util.UUID;

/**
 * A message of a thread.
 *
 * @param role    {@code user} or {@code assistant}
 * @param content what was said
 * @param queryId the run that the message began or came of; null when there is none
 */
public record Message(UUID id, String role, String content, UUID queryId, Instant createdAt) {
}
