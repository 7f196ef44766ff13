package io.dragoman.schema;

import java.util.UUID;

/**
 * A glossary directive: a word of the business and what it means in queries.
 *
 * @param id         the stored id; null before it is stored
 * @param key        the word or phrase, such as {@code vwap} or {@code active customer}
 * @param value      what it means, in words
 * @param context    when and how to use it, for people and LLMs; null when nobody said
 * @param expression what it means, as a measure ({@code sum(price*size)/sum(size)}) or a condition
 *                   ({@code status = 'active'}) over column names; null when it cannot be said so
 */
public record Directive(UUID id, String key, String value, String context, String expression) {
}
