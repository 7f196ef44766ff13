/**
 * Time phrases: finds what a question says of time ("in March 2024", "last 7 days", "since 10am", "by month") and what it
 * means over a column. Pure and linear in the question's length.
 */
package io.dragoman.offline.time;
