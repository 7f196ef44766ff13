package io.dragoman.policy;

import io.dragoman.datasource.Connector;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.QueryFeatures;
import io.dragoman.dialect.QueryFeatures.ColumnRead;
import io.dragoman.dialect.QueryFeatures.TableRead;
import io.dragoman.dialect.QueryFeatures.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Holds a query against rules. Findings are errors of the check {@code POLICY}. */
final class PolicyChecks {

    private static final int MOST_FINDINGS = 20;

    private final PolicyRules rules;
    private final String query;
    private final List<Finding> findings = new ArrayList<>();

    private PolicyChecks(PolicyRules rules, String query) {
        this.rules = rules;
        this.query = query;
    }

    /** What the query's own text breaks, in the order of position. */
    static List<Finding> of(PolicyRules rules, String query, QueryFeatures features) {
        PolicyChecks checks = new PolicyChecks(rules, query);
        checks.keywords(features.tokens());
        checks.patterns(features.tokens());
        checks.reads(features, null, -1);
        checks.complexity(features.complexity());
        return checks.sorted();
    }

    /** What a view breaks that the query reads: it is told at the place of the view. */
    static List<Finding> ofView(PolicyRules rules, String query, TableRead view, QueryFeatures features) {
        PolicyChecks checks = new PolicyChecks(rules, query);
        checks.reads(features, view.shown(), view.offset());
        return checks.sorted();
    }

    private List<Finding> sorted() {
        return findings.stream().sorted(Comparator.comparingInt(
                finding -> finding.position() == null ? Integer.MAX_VALUE : finding.position().offset()))
                .limit(MOST_FINDINGS).toList();
    }

    private void keywords(List<Token> tokens) {
        Set<String> told = new LinkedHashSet<>();
        for (Token token : rules.blockedKeywords().isEmpty() ? List.<Token>of() : tokens) {
            String word = token.text().toUpperCase(Locale.ROOT);
            if (token.kind() == Token.Kind.KEYWORD && rules.blockedKeywords().contains(word) && told.add(word)) {
                refuse("BLOCKED_KEYWORD", "The policy blocks the keyword " + word, token.offset(), null);
            }
        }
    }

    private void patterns(List<Token> tokens) {
        for (TokenPattern pattern : rules.blockedPatterns()) {
            Token first = pattern.find(tokens);
            if (first != null) {
                refuse("BLOCKED_PATTERN", "The policy blocks the pattern " + pattern, first.offset(), null);
            }
        }
    }

    private void reads(QueryFeatures features, String view, int at) {
        String through = view == null ? "" : ", which the view " + view + " reads";
        for (TableRead table : features.tables()) {
            if (rules.blockedTables().stream().anyMatch(pattern -> pattern.matches(table))) {
                refuse("BLOCKED_TABLE", "The policy blocks the table " + table.shown() + through,
                        at < 0 ? table.offset() : at, null);
            }
        }
        for (ColumnRead read : features.columns()) {
            Optional<NamePattern> blocked = rules.blockedColumns().stream().filter(pattern -> pattern.matches(read)).findFirst();
            if (blocked.isPresent() && !read.all()) {
                refuse("BLOCKED_COLUMN", "The policy blocks the column " + read.table().shown() + "." + read.column() + through,
                        at < 0 ? read.offset() : at, null);
            } else if (blocked.isPresent()) {
                refuse("BLOCKED_COLUMN", "The whole rows of " + read.table().shown() + " are read" + through
                        + ", and the policy blocks " + blocked.get() + "; name the columns that are wanted",
                        at < 0 ? read.offset() : at, null);
            }
        }
    }

    private void complexity(QueryFeatures.Complexity complexity) {
        if (rules.maxComplexity() != null && complexity.score() > rules.maxComplexity()) {
            refuse("TOO_COMPLEX", "The complexity of the query is " + complexity.explained() + ", and the policy allows "
                    + rules.maxComplexity(), -1, null);
        }
    }

    /** What the database's estimate says: limits that are passed, and hints. Null when the database cannot tell. */
    static List<Finding> ofEstimate(PolicyRules rules, Connector.Estimate estimate) {
        List<Finding> findings = new ArrayList<>();
        limit(findings, "COST_LIMIT", "cost", rules.maxCost(), estimate == null ? null : estimate.cost());
        limit(findings, "BYTES_LIMIT", "number of bytes to read", rules.maxBytes() == null ? null : (double) rules.maxBytes(),
                estimate == null || estimate.bytes() == null ? null : (double) estimate.bytes());
        if (estimate != null) {
            estimate.hints().forEach(hint -> findings.add(new Finding("PERFORMANCE_HINT", Check.ENGINE, Severity.INFO, hint,
                    null, null)));
        }
        return findings;
    }

    private static void limit(List<Finding> findings, String code, String what, Double limit, Double expected) {
        if (limit != null && expected == null) {
            findings.add(new Finding(code.replace("LIMIT", "UNKNOWN"), Check.POLICY, Severity.INFO,
                    "The database cannot tell the " + what + " beforehand, so that the policy's limit does not hold it", null, null));
        } else if (limit != null && expected > limit) {
            findings.add(new Finding(code, Check.POLICY, Severity.ERROR, String.format(Locale.ROOT,
                    "The database expects a %s of %,.0f, and the policy allows %,.0f", what, expected, limit), null, null));
        }
    }

    private void refuse(String code, String message, int offset, String suggestion) {
        findings.add(new Finding(code, Check.POLICY, Severity.ERROR, message,
                offset < 0 ? null : Position.of(query, offset), suggestion));
    }
}
