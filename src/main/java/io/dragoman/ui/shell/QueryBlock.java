package io.dragoman.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;

/** A query, highlighted and read-only, with a button that copies it; see {@code frontend/components/query-block.js}. */
@Tag("dragoman-query")
@NpmPackage(value = "highlight.js", version = "11.11.1")
@JsModule("./components/query-block.js")
public class QueryBlock extends Component {

    /** @param dialect the query's language, by which it is highlighted */
    public QueryBlock(String query, String dialect) {
        getElement().setProperty("query", query);
        getElement().setProperty("dialect", dialect);
    }
}
