package io.dragoman.pipeline;

import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.Cancellation;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.datasource.ResultTable;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.Volatility;
import io.dragoman.failure.FailureException;
import io.dragoman.policy.PolicyRules;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;

/** Runs queries, each inspected right before it is sent, with a limit of rows and of time. Thread-safe. */
@Service
public class GuardedExecution {

    private static final long ESTIMATE_TIMEOUT_MS = 5_000;

    private final Target target;
    private final SchemaGroups groups;
    private final DataSources dataSources;
    private final DragomanProperties.Execution limits;
    private final PolicyGate policy;

    GuardedExecution(Target target, SchemaGroups groups, DataSources dataSources, DragomanProperties properties,
            PolicyGate policy) {
        this.target = target;
        this.groups = groups;
        this.dataSources = dataSources;
        this.limits = properties.execution();
        this.policy = policy;
    }

    /**
     * Runs a query.
     *
     * @param query      any text; it is inspected first, whoever wrote it
     * @param datasource the id or name of the datasource
     * @param group      what names in the query have to resolve against; null for anything the database has, under the
     *                   policies of all groups that are about the datasource
     * @param authority  whose query it is, and whether a person approved it
     * @param limit      the most rows; null for the configured number; more than the configuration or the policy allows is
     *                   cut to that
     * @param offset     rows to leave out first, for a caller who reads page by page: rows in no order of their own are then
     *                   sorted by their columns; null for a caller who does not
     * @param cancellation by which the caller can stop the query
     * @throws FailureException {@code UNSAFE_QUERY} or {@code POLICY_VIOLATION} with the findings, or {@code NOT_FOUND} for the datasource
     * @throws Connector.UnavailableException when the database cannot be reached
     * @throws Connector.QueryFailedException when it refuses the query
     * @throws Connector.QueryTimeoutException when it took too long
     * @throws Connector.QueryCancelledException when the caller cancelled it
     */
    public ResultTable run(String query, String datasource, SchemaGroup group, Authority authority,
            Integer limit, Integer offset, Cancellation cancellation) {
        return run(check(query, datasource, group, authority, limit, offset), cancellation);
    }

    /** The checks of {@link #run}, for a query whose rows may be known already. */
    public Checked check(String query, String datasource, SchemaGroup group, Authority authority, Integer limit,
            Integer offset) {
        return check(query, datasource, group, authority, limit, offset, limits.maxRows());
    }

    /** Runs a query that was checked right before. Throws as the other does, but for what the checks say. */
    public ResultTable run(Checked checked, Cancellation cancellation) {
        return checked.connector().execute(checked.query(), new Connector.Limits(checked.rows(),
                limits.maxBytes().toBytes(), checked.timeoutMs(), checked.timeoutMs(), cancellation));
    }

    /**
     * Runs a query as {@link #run} does, and hands its rows on one by one. There may be more of them: as many as
     * {@code dragoman.execution.stream-rows} and {@code stream-bytes} say.
     *
     * @return whether there were more rows
     */
    public boolean stream(String query, String datasource, SchemaGroup group, Authority authority,
            Integer limit, Integer offset, Cancellation cancellation, Connector.RowSink sink) {
        Checked checked = check(query, datasource, group, authority, limit, offset, limits.streamRows());
        return checked.connector().stream(checked.query(), new Connector.Limits(checked.rows(),
                limits.streamBytes().toBytes(), checked.timeoutMs(), limits.streamTimeout().toMillis(),
                cancellation), sink);
    }

    /**
     * On whose behalf a query is run.
     *
     * @param caller   whose query it is
     * @param approved whether a person approved this very query
     */
    public record Authority(Caller caller, boolean approved) {
    }

    /**
     * A query that may be run.
     *
     * @param query     its text, limited
     * @param rows      the most rows
     * @param timeoutMs the longest that it may take
     * @param key       what its rows can be kept under: the same for whoever has the same rights, as long as policy and
     *                  datasource stay as they are; null when they must not be kept
     */
    public record Checked(Connector connector, String query, int rows, long timeoutMs, String key) {
    }

    private Checked check(String query, String datasource, SchemaGroup group, Authority authority, Integer limit,
            Integer offset, int most) {
        DataSourceDefinition source = target.datasource(datasource);
        Dialect dialect = target.dialect(source.dialect());
        PolicyRules rules = policy.rules(authority.caller(), group, source);
        Inspection inspection = inspect(dialect, query, source, group, rules);
        if (!inspection.passed()) {
            throw Refusal.of(query, inspection.findings());
        }
        Connector connector = dataSources.connector(source);
        int allowed = rules.maxRows() == null ? most : Math.min(most, rules.maxRows());
        int rows = Math.min(limit == null ? limits.defaultRows() : limit, allowed);
        long timeoutMs = rules.maxExecutionTime() == null ? limits.timeout().toMillis()
                : Math.min(limits.timeout().toMillis(), TimeUnit.SECONDS.toMillis(rules.maxExecutionTime()));
        String limited = offset == null ? inspection.limited(rows + 1, 0)
                : inspection.page(rows + 1, offset, connector.sortableColumns(inspection.query(), timeoutMs));
        requireAllowedCost(connector, limited, query, rules, timeoutMs);
        if (!authority.approved()) {
            policy.requiresApproval(rules, limited, dialect, inspection, source, ESTIMATE_TIMEOUT_MS).ifPresent(reason -> {
                throw Refusal.of(query, List.of(new Finding("APPROVAL_REQUIRED", Finding.Check.POLICY, Finding.Severity.ERROR,
                        reason + " Nobody has approved this one: ask the question with 'execute' and 'require_approval'.",
                        null, null)));
            });
        }
        return new Checked(connector, limited, rows, timeoutMs, Volatility.of(inspection.features(), dialect) ? null
                : ResultKey.of(source, limited, rows, group, authority.caller(), policy.edition()));
    }

    private void requireAllowedCost(Connector connector, String limited, String query, PolicyRules rules, long timeoutMs) {
        if (rules.maxCost() == null && rules.maxBytes() == null) {
            return;
        }
        List<Finding> findings = policy.judge(rules, connector.estimate(limited, Math.min(timeoutMs, ESTIMATE_TIMEOUT_MS)));
        if (findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR)) {
            throw Refusal.of(query, findings);
        }
    }

    /**
     * Inspects a query. Whoever sees only some schema groups may read only the tables of those: the query has to resolve
     * against one of them that is on the datasource.
     */
    private Inspection inspect(Dialect dialect, String query, DataSourceDefinition source, SchemaGroup group,
            PolicyRules rules) {
        if (group != null || CurrentCall.current().schemaGroups() == null) {
            return policy.inspect(query, dialect, group, rules, source);
        }
        List<Inspection> inspections = groups.names().stream().flatMap(name -> groups.find(name).stream())
                .filter(one -> one.definitions().stream().anyMatch(database -> isOn(database, one, source)))
                .map(one -> policy.inspect(query, dialect, one, rules, source)).toList();
        return inspections.stream().filter(Inspection::passed).findFirst().or(() -> inspections.stream().findFirst())
                .orElseThrow(() -> FailureException.notFound("datasource", source.name()));
    }

    private static boolean isOn(SchemaDefinition database, SchemaGroup group, DataSourceDefinition source) {
        return database.datasource() != null ? database.datasource().equals(source.name())
                : database.name().equals(source.name()) || group.name().equals(source.name());
    }
}
