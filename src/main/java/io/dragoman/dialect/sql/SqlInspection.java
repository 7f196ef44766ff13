package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.schema.SchemaGroup;
import java.util.List;

/** The static checks of a query: syntax, then safety, then names. */
final class SqlInspection {

    private final SqlText.Lexis lexis;
    private final SafetyRules rules;

    SqlInspection(SqlText.Lexis lexis, SafetyRules rules) {
        this.lexis = lexis;
        this.rules = rules;
    }

    Inspection inspect(String query, SchemaGroup schema) {
        SqlParse parse = SqlParse.of(query, lexis);
        if (parse.finding() != null) {
            return new Inspection(List.of(parse.finding()), List.of(), null);
        }
        List<Finding> unsafe = SafetyWalk.check(parse.select(), rules, query);
        if (!unsafe.isEmpty()) {
            return new Inspection(unsafe, List.of(), null);
        }
        return new Inspection(List.of(), List.of(), parse.query());
    }
}
