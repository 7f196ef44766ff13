package io.dragoman.api.schema;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroupEditor;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.schema.Slice;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.Retrieval;
import io.dragoman.schema.search.SchemaSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /schemas} does beside importing. */
@Component("schemaCalls")
final class SchemaCalls {

    private static final int MAX_QUESTION = 2_000;
    private static final int MAX_K = 100;

    private final SchemaGroups groups;
    private final SchemaGroupEditor editor;
    private final SchemaSearch search;

    SchemaCalls(SchemaGroups groups, SchemaGroupEditor editor, SchemaSearch search) {
        this.groups = groups;
        this.editor = editor;
        this.search = search;
    }

    /** A group without its tables, which may be many. */
    record Overview(UUID id, String name, String description, long version, List<SchemaDefinition> definitions,
            int tableCount, int relationshipCount, int exampleCount, int directiveCount, int synonymCount) {

        static Overview of(SchemaGroup group) {
            return new Overview(group.id(), group.name(), group.description(), group.version(), group.definitions(),
                    group.tables().size(), group.relationships().size(), group.examples().size(),
                    group.directives().size(), group.synonyms().size());
        }
    }

    /** What a group is to be called and said to be; null fields of a change stay as they are. */
    record GroupBody(@JsonAlias("schema_group_name") String name, String description) {
    }

    /** What a table and its columns are to be said to be; null fields stay as they are, empty ones are removed. */
    record TableBody(String description, List<String> synonyms, List<ColumnBody> columns) {
    }

    /** What a column is to be said to be. */
    record ColumnBody(String name, String description, List<String> synonyms) {
    }

    /** What to search for; null fields take the configured values. */
    record SearchBody(@JsonAlias("question") String query,
            @JsonAlias({"schema_group", "schema_group_name"}) String schemaGroupId, Integer k, Double threshold) {
    }

    public Listing<SchemaGroupEditor.Summary> list(@ExchangeProperty("page") Page page) {
        Slice<SchemaGroupEditor.Summary> slice = editor.list(page.limit(), page.offset());
        return new Listing<>(slice.items(), slice.total());
    }

    public Overview create(GroupBody body) {
        return read(editor.create(body.name(), body.description()).id().toString());
    }

    public Overview read(@Header("id") String id) {
        return Overview.of(group(id));
    }

    public Overview change(@Header("id") String id, GroupBody body) {
        return read(editor.change(id, body.name(), body.description()).id().toString());
    }

    public Deleted delete(@Header("id") String id) {
        editor.delete(id);
        return Deleted.of(id);
    }

    public Listing<TableDefinition> tables(@Header("id") String id, @Header("definition") String definition,
            @Header("name") String name, @ExchangeProperty("page") Page page) {
        String part = name == null ? "" : name.toLowerCase(Locale.ROOT);
        return Listing.of(group(id).tables().stream()
                .filter(table -> definition == null || table.definition().equals(definition))
                .filter(table -> table.name().toLowerCase(Locale.ROOT).contains(part)).toList(), page);
    }

    public TableDefinition table(@Header("id") String id, @Header("table") String table) {
        return group(id).tables().stream()
                .filter(candidate -> candidate.id().toString().equals(table)
                        || candidate.name().equalsIgnoreCase(table)
                        || (candidate.definition() + "." + candidate.name()).equalsIgnoreCase(table))
                .findFirst().orElseThrow(() -> FailureException.notFound("table", table));
    }

    public TableDefinition describeTable(@Header("id") String id, @Header("table") String table, TableBody body) {
        Map<String, Wording> columns = new LinkedHashMap<>();
        for (ColumnBody column : body.columns() == null ? List.<ColumnBody>of() : body.columns()) {
            if (column == null || column.name() == null) {
                throw FailureException.invalid("columns.name", "Every entry of 'columns' needs the column's 'name'.");
            }
            columns.put(column.name(), new Wording(column.description(), column.synonyms(), null));
        }
        return editor.describe(id, table, new Wording(body.description(), body.synonyms(), columns));
    }

    public Retrieval search(SearchBody body) {
        if (body.query() == null || body.query().isBlank() || body.query().length() > MAX_QUESTION) {
            throw FailureException.invalid("query", "'query' has to be a text of 1 to " + MAX_QUESTION + " characters.");
        }
        if (body.k() != null && (body.k() < 1 || body.k() > MAX_K)) {
            throw FailureException.invalid("k", "'k' has to be a whole number from 1 to " + MAX_K + ".");
        }
        if (body.threshold() != null && !(body.threshold() >= 0 && body.threshold() <= 1)) {
            throw FailureException.invalid("threshold", "'threshold' has to be a number from 0 to 1.");
        }
        String group = body.schemaGroupId() == null ? null : group(body.schemaGroupId()).name();
        return search.search(body.query(), group, body.k(), body.threshold());
    }

    private SchemaGroup group(String idOrName) {
        return groups.find(idOrName).orElseThrow(() -> FailureException.notFound("schema group", idOrName));
    }
}
