/** End-to-end measurements of the packaged server, run by the profile {@code bench}; figures in docs/Benchmarks.md. */
package io.dragoman.bench;
