package io.dragoman.api.feedback;

import io.dragoman.api.query.Fields;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.statistics.RunStatistics;
import io.dragoman.statistics.Statistics;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /stats} does. */
@Component("statisticsCalls")
final class StatisticsCalls {

    private static final Duration USUAL = Duration.ofDays(30);

    private final RunStatistics statistics;
    private final SchemaGroups groups;

    StatisticsCalls(RunStatistics statistics, SchemaGroups groups) {
        this.statistics = statistics;
        this.groups = groups;
    }

    /** The statistics since a time, of a schema group or of all that the caller sees. */
    public Statistics read(@Header("since") String since, @Header("schema_group_id") String group) {
        Instant from = Fields.time("since", since);
        String name = group == null || group.isBlank() ? null : groups.find(group).map(SchemaGroup::name)
                .orElseThrow(() -> FailureException.notFound("schema group", group));
        return statistics.since(from == null ? Instant.now().minus(USUAL) : from, name);
    }
}
