package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryLimits;
import io.dragoman.dialect.sql.Lexis.Habit;
import io.dragoman.dialect.sql.NameRules.Headings;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** BigQuery's GoogleSQL. */
@Component
public final class BigQueryDialect extends SqlDialect {

    /** Pseudo columns, and parts of dates that stand where a column could. */
    private static final Set<String> KNOWN = Set.of("_table_suffix", "_partitiontime", "_partitiondate", "isoweek",
            "isoyear", "week", "dayofweek", "dayofyear", "quarter", "microsecond", "millisecond", "nanosecond", "monday",
            "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    /** Makes the dialect with the limits that hold when nothing is configured. */
    public BigQueryDialect() {
        this(QueryLimits.DEFAULT);
    }

    /** Makes the dialect; it has no state. */
    @Autowired
    public BigQueryDialect(QueryLimits limits) {
        super("bigquery", new BigQuerySyntax(), Lexis.of(Habit.HASH_COMMENTS, Habit.PYTHON_TEXTS,
                Habit.DOUBLE_QUOTED_TEXTS), limits,
                new SafetyRules(new SyntaxTree("sql-nodes.txt", "bigquery-nodes.txt"),
                        new FunctionList("bigquery-functions.txt"), Set.of("safe"), Set.of("__tables", "region-"),
                        Set.of("information_schema"), Set.of("session_user", "current_user"), false, false),
                new NameRules(false, true, false, Headings.HAVING, true, KNOWN));
    }
}
