/**
 * Schema groups: what the server knows of the databases it interprets to (tables, columns, relationships, examples,
 * directives, synonyms), how that knowledge is imported, stored and edited. {@code schema.search} finds the tables that a
 * question is about.
 */
package io.dragoman.schema;
