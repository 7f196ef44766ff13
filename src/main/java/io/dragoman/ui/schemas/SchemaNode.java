package io.dragoman.ui.schemas;

/** A place in the tree of schemas. */
sealed interface SchemaNode {

    /** The schema group that the place is in. */
    String group();

    /** What the place is called. */
    String name();

    /** A schema group. */
    record Group(String name) implements SchemaNode {

        @Override
        public String group() {
            return name;
        }
    }

    /** A database of a group. */
    record Definition(String group, String name) implements SchemaNode {
    }

    /** A table of a database. */
    record Table(String group, String definition, String name) implements SchemaNode {
    }

    /** A column of a table. */
    record Column(String group, String definition, String table, String name) implements SchemaNode {
    }
}
