package io.dragoman.schema;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The glossary directives of schema groups. Thread-safe. */
@Service
public class Directives extends GroupEntries<Directive> {

    Directives(JdbcClient jdbc, GroupTransaction transaction, SchemaReader reader) {
        super(jdbc, transaction, reader, "directive", "glossary_directives", """
                SELECT g.id AS group_id, g.name AS group_name, e.id, e.directive_key, e.directive_value, e.context,
                    e.expression
                FROM glossary_directives e JOIN schema_groups g ON g.id = e.schema_group_id""", SchemaRows::directive);
    }

    @Override
    Map<String, Object> columns(GroupKey group, Directive entry) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("directive_key", SchemaLimits.required("key", entry.key(), SchemaLimits.NAME));
        columns.put("directive_value", SchemaLimits.required("value", entry.value(), SchemaLimits.TEXT));
        columns.put("context", SchemaLimits.optional("context", entry.context(), SchemaLimits.TEXT));
        columns.put("expression", SchemaLimits.optional("expression", entry.expression(), SchemaLimits.TEXT));
        return columns;
    }

    @Override
    String name(Directive entry) {
        return entry.key();
    }
}
