package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.QueryLimits;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The static checks of a query: syntax, then safety, then names. */
final class SqlInspection {

    private static final Logger LOG = LoggerFactory.getLogger(SqlInspection.class);

    private final Lexis lexis;
    private final QueryLimits limits;
    private final SafetyRules rules;
    private final NameRules names;

    SqlInspection(Lexis lexis, QueryLimits limits, SafetyRules rules, NameRules names) {
        this.lexis = lexis;
        this.limits = limits;
        this.rules = rules;
        this.names = names;
    }

    Inspection inspect(String query, SchemaGroup schema, boolean systemCatalogues) {
        try {
            return check(query, schema, systemCatalogues);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("A query could not be checked and is refused: {}", e.toString());
            return Inspection.refused(List.of(new Finding("NOT_ALLOWED", Finding.Check.SAFETY, Finding.Severity.ERROR,
                    "The query cannot be checked", null, null)));
        }
    }

    private Inspection check(String query, SchemaGroup schema, boolean systemCatalogues) {
        SqlParse parse = SqlParse.of(query, lexis, limits);
        if (parse.finding() != null) {
            return Inspection.refused(List.of(parse.finding()));
        }
        List<Finding> unsafe = SafetyWalk.check(parse.select(), rules, parse.text(), systemCatalogues);
        if (!unsafe.isEmpty()) {
            return Inspection.refused(placed(unsafe, query, parse.moved()));
        }
        NameFindings found = new NameFindings(parse.text());
        SqlReads reads = new SqlReads();
        NameResolver resolver = new NameResolver(schema, names.with(parse.offsets()), found, reads);
        resolver.select(parse.select(), null, Map.of());
        List<Finding> findings = schema == null ? List.of() : placed(found.sorted(), query, parse.moved());
        boolean passed = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        return new Inspection(findings, resolver.tables(), passed ? parse.query() : null,
                SqlFeatures.of(parse, reads), passed ? new SqlLimit(parse) : null);
    }

    /** The findings at their places in the query as it was given. */
    private static List<Finding> placed(List<Finding> findings, String query, FromFirst moved) {
        return moved == null ? findings : findings.stream().map(finding -> finding.position() == null ? finding
                : new Finding(finding.code(), finding.check(), finding.severity(), finding.message(),
                Finding.Position.of(query, moved.original(finding.position().offset())), finding.suggestion())).toList();
    }
}
