/** The server's own PostgreSQL: embedded by default, external by configuration, migrated by Flyway. */
package io.dragoman.storage;
