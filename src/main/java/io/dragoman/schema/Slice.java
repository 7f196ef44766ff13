package io.dragoman.schema;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param total how many there are in the whole list
 */
public record Slice<T>(List<T> items, long total) {

    /** Copies the list. */
    public Slice {
        items = List.copyOf(items);
    }
}
