/**
 * SQL: one renderer and one inspection for the family. What one database spells or allows differently is a
 * {@link io.dragoman.dialect.sql.SqlSyntax} and a list of functions.
 */
package io.dragoman.dialect.sql;
