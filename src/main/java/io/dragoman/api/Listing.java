package io.dragoman.api;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the entries of the page
 * @param total how many entries there are on all pages
 */
public record Listing<T>(List<T> items, long total) {

    /** The page of a list that is wholly in memory. */
    public static <T> Listing<T> of(List<T> all, Page page) {
        int from = Math.min(page.offset(), all.size());
        int to = Math.min(from + page.limit(), all.size());
        return new Listing<>(all.subList(from, to), all.size());
    }
}
