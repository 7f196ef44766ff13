/**
 * Datasources: connections to the databases that queries run on, guarded execution (read-only, time and row limits), and
 * introspection of their catalogues.
 */
package io.dragoman.datasource;
