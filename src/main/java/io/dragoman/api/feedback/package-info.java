/** The REST resources of feedback, retries and statistics. */
package io.dragoman.api.feedback;
