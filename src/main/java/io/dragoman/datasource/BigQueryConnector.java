package io.dragoman.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.config.DragomanProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * BigQuery, over its REST interface. It has no read-only transactions, so every query is first run dry: only what BigQuery
 * itself takes for one SELECT, and expects to read no more bytes than may be billed, is run. The job carries an id of ours, so
 * that it can be cancelled from the start.
 */
class BigQueryConnector implements Connector {

    private static final long PING_TIMEOUT_MS = 10_000;
    /** A caller who cancels is heard between two of these. */
    private static final long POLL_MS = 400;
    private static final long BACKSTOP_MS = 1_000;
    private static final int PAGE_ROWS = 5_000;

    private final DataSourceDefinition definition;
    private final DragomanProperties properties;
    private final BigQueryClient client;
    private final String project;
    private final String dataset;

    BigQueryConnector(DataSourceDefinition definition, Secrets secrets, DragomanProperties properties) {
        String[] parts = definition.url().substring(BigQueryConnectorFactory.PREFIX.length()).split("/");
        this.definition = definition;
        this.properties = properties;
        this.project = parts[0];
        this.dataset = parts[1];
        this.client = new BigQueryClient(definition.name(), project, secrets, properties.bigquery());
    }

    @Override
    public boolean stream(String query, Limits limits, RowSink sink) {
        limits.cancellation().check();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.timeoutMs());
        long bytes = bytes(dryRun(query, limits.timeoutMs()));
        if (bytes > maximumBytes()) {
            throw new QueryFailedException("The query would read " + bytes + " bytes; at most " + maximumBytes()
                    + " may be billed. Select fewer columns, or filter by the column that the table is partitioned by", null);
        }
        Job job = new Job("dragoman-" + UUID.randomUUID());
        boolean over = false;
        try {
            start(job, query, limits.timeoutMs());
            boolean more = read(job, limits, deadline, sink);
            over = true;
            return more;
        } catch (BigQueryClient.RefusedException e) {
            over = true;
            throw failed(e, limits);
        } finally {
            if (!over) {
                cancel(job);
            }
        }
    }

    /** A job that was or will be started, and where its results are. */
    private record Job(String id) {
    }

    private void start(Job job, String query, long timeoutMs) {
        ObjectNode body = body(query, timeoutMs);
        ObjectNode reference = body.putObject("jobReference").put("projectId", project).put("jobId", job.id());
        if (location() != null) {
            reference.put("location", location());
        }
        try {
            client.post("/jobs", body, timeoutMs);
        } catch (BigQueryClient.RefusedException e) {
            boolean startedBefore = e.status() == 409;
            if (!startedBefore) {
                throw e;
            }
        }
    }

    private boolean read(Job job, Limits limits, long deadline, RowSink sink) {
        long left = deadline;
        long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(limits.timeoutMs(), limits.longestMs()));
        JsonNode fields = null;
        String page = null;
        int handedOn = 0;
        long bytesLeft = limits.maxBytes();
        while (true) {
            limits.cancellation().check();
            JsonNode reply = client.get("/queries/" + job.id() + "?maxResults="
                    + Math.min(PAGE_ROWS, (long) limits.maxRows() + 1 - handedOn) + "&timeoutMs=" + POLL_MS
                    + "&formatOptions.useInt64Timestamp=true" + locationParameter("&")
                    + (page == null ? "" : "&pageToken=" + URLEncoder.encode(page, StandardCharsets.UTF_8)), limits.timeoutMs());
            limits.cancellation().check();
            long now = System.nanoTime();
            if (now > left || now > last) {
                throw new QueryTimeoutException(now > left ? limits.timeoutMs() : limits.longestMs(), null);
            }
            if (!reply.path("jobComplete").asBoolean()) {
                continue;
            }
            if (fields == null) {
                fields = reply.path("schema").path("fields");
                sink.columns(columns(fields));
            }
            for (JsonNode row : reply.path("rows")) {
                List<Object> values = BigQueryValues.row(row, fields);
                for (Object value : values) {
                    bytesLeft -= value instanceof String text ? 2L * text.length() : 16;
                }
                if (handedOn == limits.maxRows() || bytesLeft < 0) {
                    return true;
                }
                sink.row(Collections.unmodifiableList(values));
                handedOn++;
            }
            left += System.nanoTime() - now;
            page = reply.path("pageToken").asText("");
            if (page.isEmpty()) {
                return false;
            }
        }
    }

    private static List<ResultTable.ResultColumn> columns(JsonNode fields) {
        List<ResultTable.ResultColumn> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(new ResultTable.ResultColumn(field.path("name").asText(),
                BigQueryValues.type(field))));
        return columns;
    }

    private void cancel(Job job) {
        boolean interrupted = Thread.interrupted();
        try {
            client.post("/jobs/" + job.id() + "/cancel" + locationParameter("?"), null, BACKSTOP_MS);
        } catch (RuntimeException e) {
            // The job's own time limit ends it.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ObjectNode body(String query, long timeoutMs) {
        ObjectNode body = BigQueryClient.object();
        ObjectNode configuration = body.putObject("configuration");
        configuration.put("jobTimeoutMs", String.valueOf(timeoutMs + BACKSTOP_MS));
        ObjectNode text = configuration.putObject("query").put("query", query).put("useLegacySql", false)
                .put("maximumBytesBilled", String.valueOf(maximumBytes()));
        text.putObject("defaultDataset").put("projectId", project).put("datasetId", dataset);
        return body;
    }

    /** What BigQuery expects of a query that it takes for one SELECT. */
    private JsonNode dryRun(String query, long timeoutMs) {
        ObjectNode body = body(query, timeoutMs);
        ((ObjectNode) body.path("configuration")).put("dryRun", true);
        if (location() != null) {
            body.putObject("jobReference").put("projectId", project).put("location", location());
        }
        JsonNode expected;
        try {
            expected = client.post("/jobs", body, timeoutMs).path("statistics").path("query");
        } catch (BigQueryClient.RefusedException e) {
            throw failed(e, null);
        }
        if (!expected.path("statementType").asText().equals("SELECT")) {
            throw new QueryFailedException("Only one SELECT may be run", null);
        }
        return expected;
    }

    private static long bytes(JsonNode expected) {
        return expected.path("totalBytesProcessed").asLong();
    }

    private RuntimeException failed(BigQueryClient.RefusedException e, Limits limits) {
        if (limits != null && (e.reason().equals("timeout") || e.reason().equals("jobTimeout"))) {
            return new QueryTimeoutException(limits.timeoutMs(), e);
        }
        return new QueryFailedException(e.getMessage(), e);
    }

    @Override
    public Estimate estimate(String query, long timeoutMs) {
        return new Estimate(null, null, bytes(dryRun(query, timeoutMs)), List.of());
    }

    @Override
    public List<Integer> sortableColumns(String query, long timeoutMs) {
        JsonNode fields = dryRun(query, timeoutMs).path("schema").path("fields");
        return IntStream.rangeClosed(1, fields.size()).filter(i -> BigQueryValues.sortable(fields.get(i - 1))).boxed().toList();
    }

    @Override
    public String check(String query, long timeoutMs) {
        try {
            dryRun(query, timeoutMs);
            return null;
        } catch (QueryFailedException e) {
            return e.getMessage();
        }
    }

    @Override
    public Catalogue introspect(boolean sampleValues) {
        try {
            return new BigQueryCatalogue(client, dataset, properties.introspection(), sampleValues).read();
        } catch (BigQueryClient.RefusedException e) {
            throw new UnavailableException("The datasource '" + definition.name() + "' (BigQuery) does not let its catalogue"
                    + " be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void ping() {
        try {
            dryRun("SELECT 1", PING_TIMEOUT_MS);
        } catch (QueryFailedException e) {
            throw new UnavailableException("The datasource '" + definition.name() + "' (BigQuery) does not answer: "
                    + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // Connections close by themselves when they are idle.
    }

    private long maximumBytes() {
        String own = definition.options().get(BigQueryConnectorFactory.MAXIMUM_BYTES);
        long most = properties.bigquery().maxBytesBilled().toBytes();
        return own == null ? most : Math.min(most, Long.parseLong(own));
    }

    private String location() {
        return definition.options().get(BigQueryConnectorFactory.LOCATION);
    }

    private String locationParameter(String separator) {
        return location() == null ? "" : separator + "location=" + location();
    }
}
