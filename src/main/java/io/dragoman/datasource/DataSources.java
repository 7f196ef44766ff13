package io.dragoman.datasource;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** The datasources that are configured, and live connectors to them. Thread-safe. */
@Service
public class DataSources {

    /** The datasource of that id or unique name, without secrets; empty when there is none. */
    public Optional<DataSourceDefinition> find(String idOrName) {
        throw new UnsupportedOperationException();
    }

    /**
     * A connector to the datasource, opened at the first call and kept.
     *
     * @throws Connector.UnavailableException when the database cannot be reached
     */
    public Connector connector(DataSourceDefinition definition) {
        throw new UnsupportedOperationException();
    }
}
