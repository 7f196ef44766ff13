/** The REST resources of the pipeline: questions, runs, execution and conversations. */
package io.dragoman.api.query;
