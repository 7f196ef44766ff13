/**
 * Embeddings of questions and tables: the model that is configured (in process or hosted), reached through Camel's
 * {@code langchain4j-embeddings} component, and the cache in the database that lets a text be embedded only once.
 */
package io.dragoman.schema.search.embedding;
