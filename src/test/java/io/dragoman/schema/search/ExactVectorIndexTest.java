package io.dragoman.schema.search;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class ExactVectorIndexTest extends VectorIndexContract {

    @Override
    VectorIndex index() {
        return new ExactVectorIndex(DIMENSIONS);
    }

    @Override
    List<UUID> tables(UUID group, int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }
}
