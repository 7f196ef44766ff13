package io.dragoman.pipeline;

import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroups;
import org.springframework.stereotype.Component;

/** The snapshot of the schema group that a run is about. */
@Component
class SchemaContext {

    private final SchemaGroups groups;

    SchemaContext(SchemaGroups groups) {
        this.groups = groups;
    }

    /** The group that retrieval settled on. */
    SchemaGroup of(QueryState state) {
        return named(state.retrieval().group());
    }

    /** The group of that id or name. */
    SchemaGroup named(String idOrName) {
        return groups.find(idOrName).orElseThrow(() -> FailureException.notFound("schema group", idOrName));
    }

    SchemaGroups all() {
        return groups;
    }
}
