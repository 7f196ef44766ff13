package io.dragoman.dialect.sql;

import java.util.Set;

/**
 * How a database reads names and types.
 *
 * @param foldsCase      whether unquoted names are lower case and quoted ones are exact
 * @param staticTypes    whether comparing a text with a number is an error
 * @param lenient        whether headings may stand in WHERE, ungrouped columns beside aggregates, and unknown names in
 *                       double quotes for text
 * @param hiddenColumns  columns that every table has, lower case
 */
record NameRules(boolean foldsCase, boolean staticTypes, boolean lenient, Set<String> hiddenColumns) {
}
