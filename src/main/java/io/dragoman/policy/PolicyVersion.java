package io.dragoman.policy;

import java.time.Instant;

/**
 * A policy as it was at a time.
 *
 * @param version   from 1; 0 for the file's, while nobody edited it
 * @param content   YAML
 * @param changedBy who; null for the file's
 * @param comment   what for; null when nobody said
 * @param restored  the earlier version whose content it took over; null when it was written anew
 * @param changedAt when; null for the file's
 */
public record PolicyVersion(long version, String content, String changedBy, String comment, Long restored,
        Instant changedAt) {
}
