package io.dragoman.schema;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Reads schema groups as snapshots. A snapshot is kept until its group changes. Thread-safe. */
@Service
public class SchemaGroups {

    /** The group of that id or unique name; empty when there is none. */
    public Optional<SchemaGroup> find(String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** All groups' names, in alphabetical order. */
    public List<String> names() {
        throw new UnsupportedOperationException();
    }
}
