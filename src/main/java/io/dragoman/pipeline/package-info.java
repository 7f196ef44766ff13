/** The pipeline: the state that travels the routes, the work of each stage, budgets and checkpoints. The order of the stages is in {@code routes/}, not here. */
package io.dragoman.pipeline;
