package io.dragoman.dialect.q;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.QueryLimits;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The static checks of a q query: syntax, then safety, then names. */
final class QInspection {

    private static final Logger LOG = LoggerFactory.getLogger(QInspection.class);

    private QInspection() {
    }

    static Inspection inspect(String query, SchemaGroup schema, QueryLimits limits) {
        try {
            return check(query, schema, limits);
        } catch (RuntimeException | QSyntaxException | StackOverflowError e) {
            LOG.warn("A query could not be checked and is refused: {}", e.toString());
            return Inspection.refused(List.of(new Finding("NOT_ALLOWED", Finding.Check.SAFETY, Finding.Severity.ERROR,
                    "The query cannot be checked", null, null)));
        }
    }

    private static Inspection check(String query, SchemaGroup schema, QueryLimits limits)
            throws QSyntaxException {
        QParse parse = QParse.of(query, limits);
        if (parse.finding() != null) {
            return Inspection.refused(List.of(parse.finding()));
        }
        Set<String> tables = schema == null ? Set.of() : schema.tableNames();
        Set<String> columns = schema == null ? Set.of() : schema.columnNames();
        List<Finding> unsafe = QSafety.check(parse.tree(), query, tables, columns);
        if (!unsafe.isEmpty()) {
            return Inspection.refused(unsafe);
        }
        QNames names = new QNames(schema, query);
        names.resolve(parse.tree());
        List<Finding> findings = schema == null ? List.of() : names.findings();
        boolean passed = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        return new Inspection(findings, names.tables(), passed ? parse.query() : null,
                QFeatures.of(parse.tree(), query, names.tables(), schema),
                passed ? (limit, offset) -> QLimit.apply(parse, limit, offset) : null);
    }
}
