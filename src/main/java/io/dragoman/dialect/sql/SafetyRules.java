package io.dragoman.dialect.sql;

import java.util.Set;

/**
 * What one database's queries may reach.
 *
 * @param functions         the functions that may be called
 * @param cataloguePrefixes what names of system tables begin with, lower case
 * @param systemNames       schemas and tables of the system, lower case
 * @param sessionValues     words that give a value of the session where a column could stand, lower case
 * @param foldsCase         whether a quoted name in another case is another function
 */
record SafetyRules(FunctionList functions, Set<String> cataloguePrefixes, Set<String> systemNames,
        Set<String> sessionValues, boolean foldsCase) {
}
