/**
 * What queries may do here beyond being safe: blocked keywords, tables, columns and patterns, limits of complexity, cost, rows
 * and time, rounds, and what a person has to approve. Kept as YAML in a file, and in the database once it was edited.
 */
package io.dragoman.policy;
