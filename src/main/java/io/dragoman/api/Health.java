package io.dragoman.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dragoman.broker.Broker;
import io.dragoman.cache.Caches;
import io.dragoman.cluster.Nodes;
import io.dragoman.datasource.DataSources;
import io.dragoman.jobs.JobQueue;
import io.dragoman.schema.search.SchemaSearch;
import io.dragoman.schema.search.embedding.EmbeddingProgress;
import io.dragoman.security.CurrentCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Whether the server and its parts work. */
@Component("health")
final class Health {

    private final DataSource database;
    private final CamelContext camel;

    private final SchemaSearch search;
    private final DataSources dataSources;
    private final Broker broker;
    private final Nodes nodes;
    private final JobQueue jobs;
    private final Caches caches;

    Health(DataSource database, @Lazy CamelContext camel, SchemaSearch search, DataSources dataSources, Broker broker,
            Nodes nodes, JobQueue jobs, Caches caches) {
        this.broker = broker;
        this.nodes = nodes;
        this.jobs = jobs;
        this.caches = caches;
        this.database = database;
        this.camel = camel;
        this.search = search;
        this.dataSources = dataSources;
    }

    /** How the server is, in one word and part by part. */
    public Report check() {
        Map<String, Part> parts = new LinkedHashMap<>();
        Part database = database();
        parts.put("database", database);
        parts.put("embeddings", embeddings());
        if (database.status() == Status.HEALTHY) {
            parts.put("datasources", CurrentCall.server(this::datasources));
            int servers = nodes.running().size();
            parts.put("cluster", new Part(Status.HEALTHY, servers + (servers == 1 ? " server runs" : " servers run")));
            parts.put("jobs", new Part(Status.HEALTHY, jobs.waiting() + " wait"));
        }
        parts.put("broker", broker());
        parts.put("caches", caches());
        parts.put("routes", routes());
        Status worst = parts.values().stream().map(Part::status).max(Enum::compareTo).orElse(Status.HEALTHY);
        return new Report(worst, parts, Instant.now());
    }

    private Part database() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(2) ? new Part(Status.HEALTHY, null)
                    : new Part(Status.UNHEALTHY, "The database does not answer.");
        } catch (SQLException e) {
            return new Part(Status.UNHEALTHY, "The database cannot be reached.");
        }
    }

    private Part datasources() {
        DataSources.InUse inUse = dataSources.inUse();
        String detail = dataSources.count() + " are configured, " + inUse.count() + " are in use";
        return inUse.unreachable() == 0 ? new Part(Status.HEALTHY, detail)
                : new Part(Status.DEGRADED, detail + ", of which " + inUse.unreachable() + " cannot be reached");
    }

    /** The caches' hits since the start; Redis going away slows the server down, and that is all. */
    private Part caches() {
        String detail = caches.figures().stream().map(one -> one.name() + " " + (one.hits() + one.sharedHits()) + " of "
                + (one.hits() + one.sharedHits() + one.misses())).collect(Collectors.joining(", ", "hits: ", ""));
        return caches.sharedOutOfReach() ? new Part(Status.DEGRADED, "Redis is out of reach; " + detail)
                : new Part(Status.HEALTHY, detail);
    }

    private Part embeddings() {
        EmbeddingProgress progress = search.embeddingProgress();
        if (progress.problem() != null) {
            return new Part(Status.DEGRADED, progress.problem());
        }
        return new Part(Status.HEALTHY, progress.model() + (progress.running()
                ? ", " + progress.embedded() + " of " + progress.tables() + " tables are embedded" : ""));
    }

    private Part broker() {
        String problem = broker.problem();
        return problem != null ? new Part(Status.DEGRADED, problem)
                : new Part(Status.HEALTHY, broker.embedded() ? "embedded" : "external");
    }

    private Part routes() {
        long stopped = camel.getRoutes().stream()
                .filter(route -> camel.getRouteController().getRouteStatus(route.getId()) != ServiceStatus.Started)
                .count();
        return stopped == 0 ? new Part(Status.HEALTHY, camel.getRoutes().size() + " routes run")
                : new Part(Status.UNHEALTHY, stopped + " routes do not run");
    }

    /** From best to worst. */
    enum Status {
        @JsonProperty("healthy") HEALTHY,
        @JsonProperty("degraded") DEGRADED,
        @JsonProperty("unhealthy") UNHEALTHY
    }

    record Part(Status status, String detail) {
    }

    record Report(Status overallStatus, Map<String, Part> components, Instant timestamp) {
    }
}
