package io.dragoman.schema.search.embedding;

/**
 * How far the embedding of tables has come.
 *
 * @param model    the model's id, such as {@code local/all-minilm-l6-v2-q}; {@code none} when vectors are switched off
 * @param index    where vectors are searched: {@code memory} or {@code pgvector}; null before the first vector
 * @param embedded the tables that have a vector of this model, of those looked at since the start
 * @param tables   the tables looked at since the start
 * @param running  whether tables are being embedded, or wait for it
 * @param problem  why embedding does not go on; null when nothing is wrong
 */
public record EmbeddingProgress(String model, String index, int embedded, int tables, boolean running, String problem) {
}
