package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The static checks of a query: syntax, then safety, then names. */
final class SqlInspection {

    private static final Logger LOG = LoggerFactory.getLogger(SqlInspection.class);

    private final SqlText.Lexis lexis;
    private final SafetyRules rules;
    private final NameRules names;

    SqlInspection(SqlText.Lexis lexis, SafetyRules rules, NameRules names) {
        this.lexis = lexis;
        this.rules = rules;
        this.names = names;
    }

    Inspection inspect(String query, SchemaGroup schema) {
        try {
            return check(query, schema);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("A query could not be checked and is refused: {}", e.toString());
            return Inspection.refused(List.of(new Finding("NOT_ALLOWED", Finding.Check.SAFETY, Finding.Severity.ERROR,
                    "The query cannot be checked", null, null)));
        }
    }

    private Inspection check(String query, SchemaGroup schema) {
        SqlParse parse = SqlParse.of(query, lexis);
        if (parse.finding() != null) {
            return Inspection.refused(List.of(parse.finding()));
        }
        List<Finding> unsafe = SafetyWalk.check(parse.select(), rules, query);
        if (!unsafe.isEmpty()) {
            return Inspection.refused(unsafe);
        }
        NameFindings found = new NameFindings(query);
        SqlReads reads = new SqlReads();
        NameResolver resolver = new NameResolver(schema, names, found, reads);
        resolver.select(parse.select(), null, Map.of());
        List<Finding> findings = schema == null ? List.of() : found.sorted();
        boolean passed = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        return new Inspection(findings, resolver.tables(), passed ? parse.query() : null,
                SqlFeatures.of(parse, reads));
    }
}
