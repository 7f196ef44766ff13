package io.dragoman.dialect.q;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The static checks of a q query: syntax, then safety, then names. */
final class QInspection {

    private static final Logger LOG = LoggerFactory.getLogger(QInspection.class);

    private QInspection() {
    }

    static Inspection inspect(String query, SchemaGroup schema) {
        try {
            return check(query, schema);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("A query could not be checked and is refused: {}", e.toString());
            return new Inspection(List.of(new Finding("NOT_ALLOWED", Finding.Check.SAFETY, Finding.Severity.ERROR,
                    "The query cannot be checked", null, null)), List.of(), null);
        }
    }

    private static Inspection check(String query, SchemaGroup schema) {
        QParse parse = QParse.of(query);
        if (parse.finding() != null) {
            return new Inspection(List.of(parse.finding()), List.of(), null);
        }
        Set<String> known = schema == null ? Set.of() : schema.tables().stream().flatMap(table ->
                Stream.concat(Stream.of(table.name()), table.columns().stream().map(column -> column.name())))
                .collect(Collectors.toSet());
        List<Finding> unsafe = QSafety.check(parse.tree(), query, known::contains);
        if (!unsafe.isEmpty()) {
            return new Inspection(unsafe, List.of(), null);
        }
        QNames names = new QNames(schema, query);
        names.resolve(parse.tree());
        List<Finding> findings = schema == null ? List.of() : names.findings();
        boolean passed = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        return new Inspection(findings, names.tables(), passed ? parse.query() : null);
    }
}
