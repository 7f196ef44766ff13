package io.dragoman.datasource;

import io.dragoman.security.CurrentCall;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Encrypts secrets anew in the background, after a start with another {@code dragoman.secret-key}. */
@Component
class KeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final DataSourceStore store;

    KeyRotation(DataSourceStore store) {
        this.store = store;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread thread = new Thread(() -> CurrentCall.asServer(this::rotate), "key-rotation");
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes through all of them once; what cannot be decrypted is told in the log. */
    void rotate() {
        List<String> unknown = new ArrayList<>();
        try {
            for (DataSourceStore.Sealed sealed : store.sealed()) {
                try {
                    store.encryptAnew(sealed);
                } catch (Connector.UnavailableException e) {
                    unknown.add(sealed.name());
                }
            }
        } catch (DataAccessException e) {
            LOG.warn("Secrets were not all encrypted anew; the next start tries again", e);
        }
        if (!unknown.isEmpty()) {
            LOG.warn("The secrets of these datasources are not encrypted with a known key, and have to be set again: {}",
                    String.join(", ", unknown));
        }
    }
}
