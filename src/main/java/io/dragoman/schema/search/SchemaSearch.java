package io.dragoman.schema.search;

import org.springframework.stereotype.Service;

/** Hybrid retrieval of the tables that a question is about. Thread-safe. */
@Service
public class SchemaSearch {

    /**
     * Finds tables.
     *
     * @param question  in plain language
     * @param group     the name of the schema group to search; null for all
     * @param k         the most tables before joins are closed over; null for the configured number
     * @param threshold the least fused score; null for the configured one
     */
    public Retrieval search(String question, String group, Integer k, Double threshold) {
        throw new UnsupportedOperationException();
    }
}
