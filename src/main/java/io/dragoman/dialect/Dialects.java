package io.dragoman.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The query languages that are built in, by name. */
@Component
public class Dialects {

    private final Map<String, Dialect> byName = new TreeMap<>();

    /** @param dialects one per language */
    public Dialects(List<Dialect> dialects) {
        dialects.forEach(dialect -> byName.put(dialect.name(), dialect));
    }

    /** The language of that name, ignoring case; {@code postgres}, {@code mariadb}, {@code kdb} and the like are understood too. */
    public Optional<Dialect> find(String name) {
        if (name == null) {
            return Optional.empty();
        }
        String lower = name.trim().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byName.get(switch (lower) {
            case "postgres" -> "postgresql";
            case "kdb", "kdb+" -> "q";
            case "sqlite3" -> "sqlite";
            case "duck" -> "duckdb";
            case "mariadb" -> "mysql";
            case "bq" -> "bigquery";
            default -> lower;
        }));
    }

    /** All languages' names, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
