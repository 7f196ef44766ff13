package io.dragoman.dialect.sql;

import io.dragoman.dialect.WordList;
import java.util.List;
import java.util.Set;

/** The tables in which databases describe their own tables, as far as they show no data, no secrets and nobody's queries. */
final class SystemCatalogues {

    private static final Set<String> READABLE = WordList.read(SystemCatalogues.class, "system-catalogues.txt");

    private SystemCatalogues() {
    }

    /** Whether the table of that name, in its parts, may be read where a policy allows system catalogues. */
    static boolean readable(List<String> parts) {
        String table = SqlNames.folded(parts.get(parts.size() - 1));
        return READABLE.contains(parts.size() == 1 ? table
                : SqlNames.folded(parts.get(parts.size() - 2)) + "." + table);
    }
}
