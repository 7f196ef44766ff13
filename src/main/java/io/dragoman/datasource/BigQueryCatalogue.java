package io.dragoman.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.DragomanProperties;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the tables of a dataset. Sample values come from the first rows of a table, as listing those is not billed. */
final class BigQueryCatalogue {

    private static final long CALL_MS = 10_000;
    private static final int SAMPLED_ROWS = 1_000;

    private final BigQueryClient client;
    private final String dataset;
    private final DragomanProperties.Introspection limits;
    private final boolean sampleValues;
    private final long deadline;

    BigQueryCatalogue(BigQueryClient client, String dataset, DragomanProperties.Introspection limits, boolean sampleValues) {
        this.client = client;
        this.dataset = dataset;
        this.limits = limits;
        this.sampleValues = sampleValues && limits.maxDistinct() > 0;
        this.deadline = System.nanoTime() + limits.timeout().toNanos();
    }

    Connector.Catalogue read() {
        List<TableDefinition> tables = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        for (String name : names()) {
            JsonNode table = client.get("/datasets/" + dataset + "/tables/" + encoded(name), CALL_MS);
            Set<String> primary = new HashSet<>();
            table.path("tableConstraints").path("primaryKey").path("columns").forEach(column -> primary.add(column.asText()));
            JsonNode fields = table.path("schema").path("fields");
            List<Set<String>> samples = samples(name, table, fields);
            List<ColumnDefinition> columns = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                columns.add(column(fields.get(i), primary, samples == null ? null : samples.get(i),
                        table.path("numRows").asLong() <= SAMPLED_ROWS));
            }
            tables.add(new TableDefinition(null, null, name, text(table, "description"), List.of(), columns,
                    table.hasNonNull("numRows") ? table.path("numRows").asLong() : null));
            table.path("tableConstraints").path("foreignKeys").forEach(key -> relationships.add(relationship(name, key, primary)));
        }
        return new Connector.Catalogue(tables, relationships);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        String page = "";
        do {
            JsonNode reply = client.get("/datasets/" + dataset + "/tables?maxResults=1000"
                    + (page.isEmpty() ? "" : "&pageToken=" + encoded(page)), CALL_MS);
            reply.path("tables").forEach(table -> names.add(table.path("tableReference").path("tableId").asText()));
            page = reply.path("nextPageToken").asText("");
        } while (!page.isEmpty() && names.size() < limits.maxTables());
        return names.subList(0, Math.min(names.size(), limits.maxTables()));
    }

    private static ColumnDefinition column(JsonNode field, Set<String> primary, Set<String> values, boolean complete) {
        String name = field.path("name").asText();
        return new ColumnDefinition(name, BigQueryValues.type(field), text(field, "description"),
                !field.path("mode").asText().equals("REQUIRED"), primary.contains(name), List.of(),
                values == null ? null : values.stream().filter(value -> value.length() <= CatalogueSession.LONGEST_SAMPLE).toList(),
                values == null || !complete ? null : (long) values.size());
    }

    /** The texts among the first rows, for each column; null for one that has none or too many, or for views. */
    private List<Set<String>> samples(String name, JsonNode table, JsonNode fields) {
        if (!sampleValues || !table.path("type").asText("TABLE").equals("TABLE") || System.nanoTime() > deadline) {
            return null;
        }
        JsonNode rows = client.get("/datasets/" + dataset + "/tables/" + encoded(name) + "/data?maxResults=" + SAMPLED_ROWS
                + "&formatOptions.useInt64Timestamp=true", CALL_MS).path("rows");
        List<Set<String>> samples = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            boolean text = BigQueryValues.type(fields.get(i)).equals("STRING");
            Set<String> values = new TreeSet<>();
            for (JsonNode row : rows) {
                JsonNode value = row.path("f").path(i).path("v");
                if (text && !value.isNull()) {
                    values.add(value.asText());
                }
            }
            samples.add(text && values.size() <= limits.maxDistinct() ? values : null);
        }
        return samples;
    }

    private static Relationship relationship(String table, JsonNode key, Set<String> primary) {
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        key.path("columnReferences").forEach(pair -> {
            from.add(pair.path("referencingColumn").asText());
            to.add(pair.path("referencedColumn").asText());
        });
        return new Relationship(null, table, from, key.path("referencedTable").path("tableId").asText(), to,
                !primary.isEmpty() && from.containsAll(primary) ? "one_to_one" : "many_to_one");
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) && !node.path(name).asText().isBlank() ? node.path(name).asText() : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
