package io.dragoman.api.schema;

/** That something is no more. */
record Deleted(String id, boolean deleted) {

    static Deleted of(String id) {
        return new Deleted(id, true);
    }
}
