package io.dragoman.dialect.sql;

import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.schema.Table;

/** Tells tables' names from what a database would open as a file: {@code data.csv}, {@code "logs/*.parquet"}. */
final class FileNames {

    private static final Set<String> ENDINGS = Set.of("csv", "tsv", "txt", "parquet", "json", "jsonl", "ndjson", "geojson",
            "gz", "zst", "zip", "bz2", "xz", "db", "ddb", "duckdb", "sqlite", "sqlite3", "xls", "xlsx", "arrow", "arrows",
            "feather", "ipc", "avro", "orc", "shp", "gpkg", "fgb", "kml", "gpx", "vortex", "lance", "log", "dat", "tab", "psv");

    private FileNames() {
    }

    /** Whether the name could be a file's: by a dot within its quotes, its ending, or a pattern. */
    static boolean perhaps(Table table) {
        List<String> parts = SqlNames.parts(table.getFullyQualifiedName());
        String last = SqlNames.folded(parts.get(parts.size() - 1));
        boolean ending = parts.size() > 1 && ENDINGS.contains(last);
        boolean pattern = parts.stream().anyMatch(part -> part.chars().anyMatch(c -> "*?{}:.".indexOf(c) >= 0));
        return ending || pattern || dotInQuotes(table);
    }

    /** The parser parts a quoted name at its dots; the token knows. */
    private static boolean dotInQuotes(Table table) {
        if (table.getASTNode() == null) {
            return false;
        }
        Token token = table.getASTNode().jjtGetFirstToken();
        while (token != null) {
            boolean quoted = token.image.startsWith("\"") || token.image.startsWith("`");
            if (quoted && token.image.indexOf('.') > 0) {
                return true;
            }
            token = token.next != null && token.next.image.equals(".") ? token.next.next : null;
        }
        return false;
    }
}
