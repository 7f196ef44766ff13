package io.dragoman.schema.format;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaLimits;
import java.util.Locale;
import java.util.Map;

/** The formats that a schema can be uploaded in; docs/SchemaFormat.md describes them. */
public enum SchemaFormat {
    /** {@code application/json}. */
    JSON,
    /** {@code application/yaml}. */
    YAML,
    /** {@code application/sql}: a script of {@code CREATE TABLE} and the like. */
    DDL;

    /**
     * The format of a media type.
     *
     * @param contentType as HTTP sends it, with or without parameters; null is JSON
     * @throws FailureException when it is none of them
     */
    public static SchemaFormat of(String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "", "application/json", "text/json" -> JSON;
            case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml" -> YAML;
            case "application/sql", "text/sql", "text/x-sql", "application/x-sql" -> DDL;
            default -> throw new FailureException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "A schema is uploaded as"
                    + " application/json, application/yaml or application/sql.", Map.of("content_type", type));
        };
    }

    /**
     * Reads an upload. Parts that cannot be taken are in {@link SchemaDocument#rejected()}.
     *
     * @param bytes in UTF-8, at most {@link SchemaLimits#BODY_BYTES}
     * @throws FailureException when the whole is malformed: its details have {@code line} and {@code column}
     */
    public SchemaDocument read(byte[] bytes) {
        return read(bytes, null);
    }

    /**
     * As {@link #read(byte[])}.
     *
     * @param dialect the query language of the database that a DDL script is for; null when unknown. It decides how names
     *                without quotes are spelled.
     */
    public SchemaDocument read(byte[] bytes, String dialect) {
        if (bytes.length > SchemaLimits.BODY_BYTES) {
            throw new FailureException(ErrorCode.PAYLOAD_TOO_LARGE, "The schema is larger than "
                    + SchemaLimits.BODY_BYTES + " bytes.", Map.of("limit_bytes", SchemaLimits.BODY_BYTES));
        }
        String text = Utf8.decode(bytes);
        return switch (this) {
            case JSON -> new DocumentReader(false, "schema_data").read(NodeReader.json(text));
            case YAML -> new DocumentReader(true, "tables").read(NodeReader.yaml(text));
            case DDL -> DdlReader.read(text, dialect);
        };
    }
}
