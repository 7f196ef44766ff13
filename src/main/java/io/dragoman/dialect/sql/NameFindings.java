package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what the check of names and types finds, each thing once. */
final class NameFindings {

    private static final int MOST = 50;

    private final String text;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    NameFindings(String text) {
        this.text = text;
    }

    void error(String code, String message, Object node, String suggestion) {
        add(code, Severity.ERROR, message, node, suggestion);
    }

    void warning(String code, String message, Object node, String suggestion) {
        add(code, Severity.WARNING, message, node, suggestion);
    }

    private void add(String code, Severity severity, String message, Object node, String suggestion) {
        if (findings.size() < MOST && seen.add(code + message)) {
            findings.add(new Finding(code, Check.SCHEMA, severity, message, SyntaxTree.position(node, text), suggestion));
        }
    }

    /** In the order of position. */
    List<Finding> sorted() {
        findings.sort(Comparator.comparingInt(finding -> finding.position() == null ? Integer.MAX_VALUE
                : finding.position().offset()));
        return findings;
    }
}
