package io.dragoman.api.schema;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSources;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.ImportMode;
import io.dragoman.schema.ImportReport;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaImport;
import io.dragoman.schema.format.SchemaFormat;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Takes schemas in: uploaded, or read from a live database. */
@Component("schemaImportCalls")
final class ImportCalls {

    private final SchemaImport imports;
    private final DataSources dataSources;

    ImportCalls(SchemaImport imports, DataSources dataSources) {
        this.imports = imports;
        this.dataSources = dataSources;
    }

    /**
     * Which database to read into which group.
     *
     * @param datasource      its id or name
     * @param schemaGroupName the group's id or name; null takes the datasource's name
     * @param definition      the definition's name in the group; null takes the datasource's name
     * @param sampleValues    whether values of text columns are read; null is yes
     * @param mode            merge, add or replace; null is merge
     */
    record Introspection(String datasource, String schemaGroupName, String definition, Boolean sampleValues,
            String mode) {
    }

    public ImportReport upload(byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType,
            @Header("schema_group_name") String group, @Header("definition") String definition,
            @Header("dialect") String dialect, @Header("datasource") String datasource, @Header("mode") String mode,
            @Header("partial") String partial) {
        ImportMode importMode = mode(mode);
        boolean takesPart = flag("partial", partial);
        if (body.length == 0) {
            throw FailureException.invalid("body", "The body is empty; it has to be a schema in JSON, YAML or DDL.");
        }
        SchemaDocument document = SchemaFormat.of(contentType).read(body, blankToNull(dialect))
                .withDefaults(blankToNull(definition), blankToNull(dialect), blankToNull(datasource));
        return imports.run(blankToNull(group), document, importMode, takesPart);
    }

    public ImportReport introspect(Introspection request) {
        if (request.datasource() == null || request.datasource().isBlank()) {
            throw FailureException.invalid("datasource", "The field 'datasource' is missing.");
        }
        ImportMode mode = mode(request.mode());
        DataSourceDefinition source = dataSources.find(request.datasource())
                .orElseThrow(() -> FailureException.notFound("datasource", request.datasource()));
        Connector.Catalogue catalogue = dataSources.connector(source)
                .introspect(request.sampleValues() == null || request.sampleValues());
        if (catalogue.tables().isEmpty()) {
            throw FailureException.invalid("datasource", "The datasource '" + source.name()
                    + "' has no tables that its user may read, so nothing was imported.");
        }
        String name = request.definition() == null ? source.name() : request.definition();
        SchemaDefinition definition = new SchemaDefinition(null, name, source.description(), source.dialect(),
                source.name());
        String group = request.schemaGroupName() == null ? source.name() : request.schemaGroupName();
        return imports.run(group, SchemaDocument.of(definition, catalogue.tables(), catalogue.relationships()), mode,
                true);
    }

    private static ImportMode mode(String mode) {
        if (mode == null || mode.isBlank()) {
            return ImportMode.MERGE;
        }
        return switch (mode.strip().toLowerCase(Locale.ROOT)) {
            case "merge" -> ImportMode.MERGE;
            case "add" -> ImportMode.ADD;
            case "replace" -> ImportMode.REPLACE;
            default -> throw FailureException.invalid("mode", "'mode' has to be merge, add or replace.");
        };
    }

    private static boolean flag(String field, String value) {
        if (value == null || value.isBlank() || value.equalsIgnoreCase("false")) {
            return false;
        }
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        throw FailureException.invalid(field, "'" + field + "' has to be true or false.");
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
