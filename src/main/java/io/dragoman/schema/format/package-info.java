/** The formats that a schema can be uploaded in: JSON, YAML and DDL. Each is read to a {@code SchemaDocument} with line numbers. */
package io.dragoman.schema.format;
