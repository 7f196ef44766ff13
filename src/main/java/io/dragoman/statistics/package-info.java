/** How the server is used and how well it answers: counts, rates, latencies and feedback, by day, schema group and engine. */
package io.dragoman.statistics;
