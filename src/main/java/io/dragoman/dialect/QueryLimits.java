package io.dragoman.dialect;

/**
 * How long a query may be. What is longer is refused before it is parsed.
 *
 * @param maxLength the most characters
 * @param maxTokens the most words, numbers, texts and signs
 */
public record QueryLimits(int maxLength, int maxTokens) {

    /** What holds when nothing is configured. */
    public static final QueryLimits DEFAULT = new QueryLimits(100_000, 10_000);
}
