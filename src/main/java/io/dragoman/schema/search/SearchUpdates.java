package io.dragoman.schema.search;

import io.dragoman.schema.SchemaGroupChanged;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the search of schema groups: all of them at the start, then each that changes. */
@Component
class SearchUpdates {

    private final SchemaSearch search;
    private volatile boolean started;

    SearchUpdates(SchemaSearch search) {
        this.search = search;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        started = true;
        search.load();
    }

    @EventListener
    void changed(SchemaGroupChanged change) {
        if (change.groupName() != null) {
            search.groupChanged(change.groupName());
        } else if (started) {
            search.load();
        }
    }
}
