package io.dragoman.schema;

import io.dragoman.failure.FailureException;
import java.util.UUID;

/**
 * Which schema group.
 *
 * @param id   the stored id
 * @param name its unique name at the moment
 */
public record GroupKey(UUID id, String name) {

    static FailureException notFound(String idOrName) {
        return FailureException.notFound("schema group", idOrName);
    }
}
