package io.dragoman.dialect.sql;

import java.util.Set;

/**
 * What one database's queries may reach.
 *
 * @param nodes             what the tree may have
 * @param functions         the functions that may be called
 * @param functionSchemas   schemas that may stand before a listed function, lower case
 * @param cataloguePrefixes what names of system tables begin with, lower case
 * @param systemNames       schemas and tables of the system, lower case
 * @param sessionValues     words that give a value of the session where a column could stand, lower case
 * @param foldsCase         whether a quoted name in another case is another function
 * @param readsFiles        whether a table that is not found is looked for as a file
 */
record SafetyRules(SyntaxTree nodes, FunctionList functions, Set<String> functionSchemas, Set<String> cataloguePrefixes,
        Set<String> systemNames, Set<String> sessionValues, boolean foldsCase, boolean readsFiles) {
}
