package io.dragoman.conversation;

import java.time.Instant;
import java.util.UUID;

/**
 * A thread of questions and answers.
 *
 * @param title what the thread is about; null when nobody said
 */
public record Conversation(UUID id, String title, Instant createdAt, Instant updatedAt) {
}
