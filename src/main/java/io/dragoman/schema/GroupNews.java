package io.dragoman.schema;

import io.dragoman.cluster.Changes;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells this server of schema groups that were changed, here or on another. */
@Component
class GroupNews {

    /** The kind of change. */
    static final String KIND = "schema_group";

    GroupNews(Changes changes, ApplicationEventPublisher events) {
        changes.listen(KIND, change -> events.publishEvent(new SchemaGroupChanged(change.key())));
    }
}
