/** The REST calls on schema groups: upload, introspection, tables, search, and the lists that curators keep. */
package io.dragoman.api.schema;
