package io.dragoman.ui.schemas;

import io.dragoman.datasource.DataSources;
import io.dragoman.schema.Directives;
import io.dragoman.schema.Examples;
import io.dragoman.schema.SchemaGroupEditor;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.schema.SchemaImport;
import io.dragoman.schema.Synonyms;
import io.dragoman.schema.search.SchemaSearch;
import org.springframework.stereotype.Component;

/** What the page of schema groups works with. */
@Component
record SchemaServices(SchemaGroups groups, SchemaGroupEditor editor, SchemaImport imports, Directives directives,
        Examples examples, Synonyms synonyms, SchemaSearch search, DataSources datasources) {
}
