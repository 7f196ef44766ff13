package io.dragoman.dialect.sql;

import java.util.HashSet;
import java.util.Set;

/**
 * How a database reads names and types.
 *
 * @param foldsCase      whether unquoted names are lower case and quoted ones are exact
 * @param staticTypes    whether comparing a text with a number is an error
 * @param lenient        whether ungrouped columns may stand beside aggregates, and unknown names in double quotes for text
 * @param headings       in which clauses headings of the SELECT list may stand, beside GROUP BY and ORDER BY
 * @param fields         whether a dot may take a field out of a column
 * @param hiddenColumns  columns that every table has, lower case
 */
record NameRules(boolean foldsCase, boolean staticTypes, boolean lenient, Headings headings, boolean fields,
        Set<String> hiddenColumns) {

    /** Where headings may stand. */
    enum Headings { NOWHERE, HAVING, WHERE_AND_HAVING }

    /** The same with more columns that every table has. */
    NameRules with(Set<String> columns) {
        if (columns.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(hiddenColumns);
        all.addAll(columns);
        return new NameRules(foldsCase, staticTypes, lenient, headings, fields, all);
    }
}
