package io.dragoman.policy;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.QueryFeatures;
import io.dragoman.dialect.QueryFeatures.TableRead;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.security.Caller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Says what a query may do by the policy in force. Thread-safe. */
@Service
public class Policy {

    private final PolicyVersions versions;
    private final Views views;
    private final Inspections inspections = new Inspections();

    Policy(PolicyVersions versions, Views views) {
        this.versions = versions;
        this.views = views;
    }

    /**
     * The rules for a query.
     *
     * @param caller       who asks
     * @param schemaGroups the names of the groups that it is about
     */
    public PolicyRules rules(Caller caller, Collection<String> schemaGroups) {
        return versions.current().document().rules(caller.roles(), schemaGroups);
    }

    /** Names the policy in force: another after each change. */
    public String edition() {
        PolicyVersions.Current current = versions.current();
        return current.version().version() + " " + current.stamp();
    }

    /** Whether what a caller may do depends on the schema group. */
    public boolean dependsOnGroup() {
        return !versions.current().document().schemaGroups().isEmpty();
    }

    /**
     * Inspects a query: syntax, safety and schema as its dialect does, then policy. Views of the datasource are looked
     * through.
     *
     * @param schema what names resolve against; null skips the schema check
     * @param source where the query will run; null when that is not known, so that views are not looked through
     * @throws Connector.UnavailableException when the database cannot be reached for its views
     */
    public Inspection inspect(String query, Dialect dialect, SchemaGroup schema, PolicyRules rules, DataSourceDefinition source) {
        Inspection inspection = inspections.of(query, dialect, schema, rules.allowsSystemCatalogues());
        if (!inspection.passed()) {
            return inspection;
        }
        List<Finding> broken = new ArrayList<>(PolicyChecks.of(rules, query, inspection.features()));
        if (source != null && rules.namesTables()) {
            broken.addAll(throughViews(query, dialect, rules, source, inspection.features()));
        }
        if (broken.isEmpty()) {
            return inspection;
        }
        List<Finding> findings = new ArrayList<>(inspection.findings());
        findings.addAll(broken);
        return new Inspection(findings, inspection.tables(), null, inspection.features(), null);
    }

    private List<Finding> throughViews(String query, Dialect dialect, PolicyRules rules, DataSourceDefinition source,
            QueryFeatures features) {
        List<Finding> findings = new ArrayList<>();
        for (TableRead table : features.tables()) {
            Set<String> seen = new HashSet<>();
            Deque<TableRead> open = new ArrayDeque<>(List.of(table));
            while (!open.isEmpty()) {
                TableRead next = open.pop();
                for (Views.View view : seen.add(next.written()) ? views.find(source, dialect, next) : List.<Views.View>of()) {
                    if (view.features() == null) {
                        findings.add(new Finding("VIEW_NOT_READABLE", Check.POLICY, Severity.ERROR, "What the view "
                                + next.written() + " reads cannot be told, and the policy blocks tables or columns",
                                Position.of(query, table.offset()), null));
                    } else {
                        findings.addAll(PolicyChecks.ofView(rules, query, table, view.features()));
                        open.addAll(view.features().tables());
                    }
                }
            }
        }
        return findings;
    }

    /** What the database's estimate of a query breaks, and its hints on performance; null when it cannot tell. */
    public List<Finding> judge(PolicyRules rules, Connector.Estimate estimate) {
        return PolicyChecks.ofEstimate(rules, estimate);
    }

    /**
     * Why a person has to approve a query before it is run.
     *
     * @param features of the query
     * @param source   where it will run; null when that is not known, so that views are not looked through
     * @param estimate what the database expects of it; null when it cannot tell or was not asked
     * @return one sentence; empty when nobody has to
     */
    public Optional<String> requiresApproval(PolicyRules rules, QueryFeatures features, Dialect dialect,
            DataSourceDefinition source, Connector.Estimate estimate) {
        PolicyRules.Approval approval = rules.requireApproval();
        if (approval.always()) {
            return Optional.of("The policy has every query approved.");
        }
        Optional<TableRead> table = approval.tables().isEmpty() ? Optional.empty()
                : withViews(features.tables(), dialect, source).stream()
                        .filter(read -> approval.tables().stream().anyMatch(pattern -> pattern.matches(read))).findFirst();
        if (table.isPresent()) {
            return Optional.of("The policy has queries on " + table.get().shown() + " approved.");
        }
        if (approval.aboveCost() != null && estimate != null && estimate.cost() != null
                && estimate.cost() > approval.aboveCost()) {
            return Optional.of(String.format(Locale.ROOT, "The policy has queries above a cost of %,.0f approved;"
                    + " the database expects %,.0f.", approval.aboveCost(), estimate.cost()));
        }
        return Optional.empty();
    }

    /** The tables, and those that they read where they are views. */
    private Collection<TableRead> withViews(List<TableRead> tables, Dialect dialect, DataSourceDefinition source) {
        Set<TableRead> all = new LinkedHashSet<>();
        Deque<TableRead> open = new ArrayDeque<>(tables);
        while (!open.isEmpty()) {
            TableRead table = open.pop();
            if (all.add(table) && source != null) {
                views.find(source, dialect, table).stream().map(Views.View::features).filter(Objects::nonNull)
                        .forEach(view -> open.addAll(view.tables()));
            }
        }
        return all;
    }
}
