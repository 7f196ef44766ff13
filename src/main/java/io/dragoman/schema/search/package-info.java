/**
 * Retrieval (schema linking at table level): hybrid search over the tables of schema groups by vector similarity, full
 * text, names, synonyms and column values, fused by reciprocal rank and closed over relationships.
 */
package io.dragoman.schema.search;
