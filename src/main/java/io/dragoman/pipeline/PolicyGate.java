package io.dragoman.pipeline;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.policy.Policy;
import io.dragoman.policy.PolicyRules;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.security.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds the pipeline's queries against the policy: which rules apply, and what they say. Thread-safe. */
@Component
class PolicyGate {

    private final Policy policy;
    private final Target target;
    private final SchemaContext context;
    private final DataSources dataSources;
    private final JdbcClient database;

    PolicyGate(Policy policy, Target target, SchemaContext context, DataSources dataSources, JdbcClient database) {
        this.policy = policy;
        this.target = target;
        this.context = context;
        this.dataSources = dataSources;
        this.database = database;
    }

    /**
     * The rules for a query. Without a schema group those of every group count whose tables are in the datasource.
     *
     * @param group  what the query is about; null when nobody said
     * @param source where it runs; null when not known
     */
    PolicyRules rules(Caller caller, SchemaGroup group, DataSourceDefinition source) {
        List<String> groups = group != null ? List.of(group.name())
                : source != null && policy.dependsOnGroup() ? groupsOf(source) : List.of();
        return policy.rules(caller, groups);
    }

    /** The rules for a run, as far as it is known what it is about. */
    PolicyRules rules(QueryState state) {
        boolean known = state.retrieval() != null && state.retrieval().group() != null;
        return policy.rules(state.question().caller(), known ? List.of(state.retrieval().group()) : List.of());
    }

    /** Names the policy in force: another after each change. */
    String edition() {
        return policy.edition();
    }

    /** Syntax, safety, schema and policy, in this order. */
    Inspection inspect(String query, Dialect dialect, SchemaGroup group, PolicyRules rules, DataSourceDefinition source) {
        return policy.inspect(query, dialect, group, rules, source);
    }

    /** What the database's estimate breaks, and its hints. */
    List<Finding> judge(PolicyRules rules, Connector.Estimate estimate) {
        return policy.judge(rules, estimate);
    }

    /**
     * Why a person has to approve the draft of a run before it is run; empty when nobody has to.
     *
     * @throws Connector.UnavailableException when the cost matters and the database cannot be reached
     */
    Optional<String> requiresApproval(QueryState state, long timeoutMs) {
        PolicyRules rules = rules(state);
        if (rules.requireApproval().equals(PolicyRules.Approval.NEVER)) {
            return Optional.empty();
        }
        Dialect dialect = target.dialect(state.draft().dialect());
        Inspection inspection = dialect.inspect(state.draft().query(), context.of(state), rules.allowsSystemCatalogues());
        DataSourceDefinition source = state.analysis().datasource() == null ? null
                : target.datasource(state.analysis().datasource());
        return requiresApproval(rules, state.draft().query(), dialect, inspection, source, timeoutMs);
    }

    /** The same of a query that was inspected. */
    Optional<String> requiresApproval(PolicyRules rules, String query, Dialect dialect, Inspection inspection,
            DataSourceDefinition source, long timeoutMs) {
        Connector.Estimate estimate = rules.requireApproval().aboveCost() != null && source != null
                ? dataSources.connector(source).estimate(query, timeoutMs) : null;
        return policy.requiresApproval(rules, inspection.features(), dialect, source, estimate);
    }

    private List<String> groupsOf(DataSourceDefinition source) {
        return database.sql("""
                SELECT DISTINCT g.name FROM schema_groups g JOIN schema_definitions d ON d.schema_group_id = g.id
                WHERE d.datasource IN (?, ?) OR d.datasource IS NULL AND (d.name = ? OR g.name = ?)
                """).params(source.name(), source.id().toString(), source.name(), source.name()).query(String.class).list();
    }
}
