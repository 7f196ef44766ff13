package io.dragoman.pipeline;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.Inspection;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.policy.PolicyRules;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.security.CurrentCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Checks a query that a person wrote, without running it, as the pipeline checks its own. Thread-safe. */
@Service
public class QueryCheck {

    private static final long TIMEOUT_MS = 5_000;

    private final Target target;
    private final SchemaContext context;
    private final DataSources dataSources;
    private final PolicyGate policy;

    QueryCheck(Target target, SchemaContext context, DataSources dataSources, PolicyGate policy) {
        this.target = target;
        this.context = context;
        this.dataSources = dataSources;
        this.policy = policy;
    }

    /**
     * What a query is checked against.
     *
     * @param group      the id or name of the schema group that names resolve against
     * @param dialect    the query's language; null for that of the datasource or of the group
     * @param datasource the name of the datasource that it is meant for; null for that of the group
     */
    public record Place(String group, String dialect, String datasource) {
    }

    /** The language that a query at that place is written in. */
    public String dialect(Place place) {
        return choose(place).dialect().name();
    }

    /**
     * By parsing: syntax, safety, schema, and the policy for the present caller. No database is asked.
     *
     * @throws FailureException {@code NOT_FOUND} when the caller sees no such schema group or datasource
     */
    public List<Finding> inspect(String query, Place place) {
        return inspection(query, place, choose(place), false).findings();
    }

    /**
     * By parsing, and by the datasource where there is one. One that cannot be reached is a warning.
     *
     * @throws FailureException {@code NOT_FOUND} when the caller sees no such schema group or datasource
     */
    public List<Finding> check(String query, Place place) {
        Target.Choice choice = choose(place);
        List<Finding> findings = new ArrayList<>();
        try {
            Inspection inspection = inspection(query, place, choice, true);
            findings.addAll(inspection.findings());
            if (choice.datasource() != null && inspection.passed()) {
                PolicyRules rules = rules(place, choice.datasource());
                findings.addAll(byEngine(dataSources.connector(choice.datasource()), query, policy, rules, TIMEOUT_MS));
            }
        } catch (Connector.UnavailableException e) {
            findings.addAll(inspection(query, place, choice, false).findings());
            findings.add(new Finding("ENGINE_NOT_ASKED", Check.ENGINE, Severity.WARNING,
                    "The datasource could not be reached, so it did not check the query.", null, null));
        }
        return findings;
    }

    /**
     * Goes on only when no finding is an error.
     *
     * @param field what the query is called on the wire
     * @throws FailureException {@code UNSAFE_QUERY}, {@code POLICY_VIOLATION}, or {@code VALIDATION_FAILED} for a query that
     *                          is harmless but wrong; the findings are in the details
     */
    public static void require(String field, String query, List<Finding> findings) {
        List<Finding> errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
        if (errors.stream().anyMatch(error -> error.check() == Check.SAFETY || error.check() == Check.POLICY)) {
            throw Refusal.of(query, findings);
        }
        if (!errors.isEmpty()) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("field", field);
            details.put("findings", findings);
            throw new FailureException(ErrorCode.VALIDATION_FAILED,
                    "The query did not pass the checks: " + errors.get(0).message(), details);
        }
    }

    /** What the database says of a query without running it: what it refuses, what it would cost, and hints. */
    static List<Finding> byEngine(Connector connector, String query, PolicyGate policy, PolicyRules rules, long timeoutMs) {
        List<Finding> findings = new ArrayList<>();
        try {
            Connector.Estimate estimate = connector.estimate(query, timeoutMs);
            findings.addAll(policy.judge(rules, estimate));
            String refusal = estimate == null ? connector.check(query, timeoutMs) : null;
            if (refusal != null) {
                findings.add(refused(refusal));
            }
        } catch (Connector.QueryFailedException e) {
            findings.add(refused(e.getMessage()));
        }
        return findings;
    }

    private static Finding refused(String refusal) {
        return new Finding("ENGINE", Check.ENGINE, Severity.ERROR, refusal, null, null);
    }

    private Inspection inspection(String query, Place place, Target.Choice choice, boolean throughViews) {
        DataSourceDefinition source = throughViews ? choice.datasource() : null;
        return policy.inspect(query, choice.dialect(), context.named(place.group()), rules(place, choice.datasource()), source);
    }

    private PolicyRules rules(Place place, DataSourceDefinition source) {
        return policy.rules(CurrentCall.current(), context.named(place.group()), source);
    }

    private Target.Choice choose(Place place) {
        SchemaGroup group = context.named(place.group());
        Question any = new Question("", group.name(), null, place.datasource(), place.datasource() == null ? place.dialect()
                : null, false, null, null, false, null, null, null, null);
        Target.Choice choice = target.choose(any, group, null);
        if (place.dialect() == null || choice.dialect().name().equals(place.dialect())) {
            return choice;
        }
        Dialect written = target.dialect(place.dialect());
        return new Target.Choice(written, null);
    }
}
