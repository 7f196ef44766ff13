package io.dragoman.dialect;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes schema groups shortly, for tests: {@code "orders: id integer!, total numeric"}, {@code !} for the key. */
public final class TestSchema {

    private TestSchema() {
    }

    public static SchemaGroup of(String... tables) {
        return of(List.of(), tables);
    }

    public static SchemaGroup of(List<Relationship> relationships, String... tables) {
        List<TableDefinition> definitions = new ArrayList<>();
        for (String table : tables) {
            int colon = table.indexOf(':');
            List<ColumnDefinition> columns = Arrays.stream(table.substring(colon + 1).split(",")).map(String::trim)
                    .map(TestSchema::column).toList();
            definitions.add(new TableDefinition(null, "db", table.substring(0, colon), null, List.of(), columns, null));
        }
        return new SchemaGroup(null, "test", null, 1, List.of(new SchemaDefinition(null, "db", null, null, null)),
                definitions, relationships, List.of(), List.of(), List.of());
    }

    public static Relationship relationship(String source, String target) {
        return new Relationship(null, source.substring(0, source.indexOf('.')),
                List.of(source.substring(source.indexOf('.') + 1)), target.substring(0, target.indexOf('.')),
                List.of(target.substring(target.indexOf('.') + 1)), "many_to_one");
    }

    private static ColumnDefinition column(String text) {
        boolean key = text.endsWith("!");
        String plain = key ? text.substring(0, text.length() - 1) : text;
        int space = plain.indexOf(' ');
        return new ColumnDefinition(plain.substring(0, space).replace('\u0001', ' '), plain.substring(space + 1), null, !key, key, List.of(),
                List.of(), null);
    }
}
