/**
 * Questions that are answered later: kept in PostgreSQL before the caller is told, taken by any server under a lease, and
 * answered once. What a job asks is text here; {@code api.jobs} puts it to the pipeline. Why a table and not a JMS queue is in
 * docs/decisions/jobs.md.
 */
package io.dragoman.jobs;
