package io.dragoman.ui.schemas;

import com.vaadin.flow.component.html.DescriptionList;

/** What is known of a thing, as names and values; values that nobody knows are left out. */
class Facts extends DescriptionList {

    Facts() {
        addClassName("facts");
    }

    /** Adds a fact, unless its value is null or empty. */
    Facts with(String name, Object value) {
        if (value != null && !value.toString().isBlank()) {
            add(new Term(name), new Description(value.toString()));
        }
        return this;
    }
}
