package io.dragoman.schema;

import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The few-shot examples of schema groups. Thread-safe. */
@Service
public class Examples extends GroupEntries<Example> {

    Examples(JdbcClient jdbc, GroupTransaction transaction, SchemaReader reader) {
        super(jdbc, transaction, reader, "example", "schema_examples", """
                SELECT g.id AS group_id, g.name AS group_name, e.id, e.question, e.query, e.dialect, e.explanation,
                    e.feedback_id
                FROM schema_examples e JOIN schema_groups g ON g.id = e.schema_group_id""", SchemaRows::example);
    }

    @Override
    Map<String, Object> columns(GroupKey group, Example entry) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("question", SchemaLimits.required("question", entry.question(), SchemaLimits.TEXT));
        columns.put("query", SchemaLimits.required("query", entry.query(), SchemaLimits.TEXT));
        columns.put("dialect", SchemaLimits.optional("dialect", entry.dialect(), SchemaLimits.DIALECT));
        columns.put("explanation", SchemaLimits.optional("explanation", entry.explanation(), SchemaLimits.TEXT));
        columns.put("feedback_id", new SqlParameterValue(Types.OTHER, entry.feedbackId()));
        return columns;
    }

    @Override
    String name(Example entry) {
        return entry.question();
    }
}
