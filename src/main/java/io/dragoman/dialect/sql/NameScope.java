package io.dragoman.dialect.sql;

import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that are visible in one SELECT, and through it those of the SELECT around it. */
final class NameScope {

    private final NameScope outer;
    private final List<Relation> relations = new ArrayList<>();
    private final Set<String> merged = new HashSet<>();
    private final Map<String, DataType> headings = new HashMap<>();

    NameScope(NameScope outer) {
        this.outer = outer;
    }

    NameScope outer() {
        return outer;
    }

    void add(Relation relation) {
        relations.add(relation);
    }

    List<Relation> relations() {
        return relations;
    }

    /** Columns that USING or NATURAL made one. */
    Set<String> merged() {
        return merged;
    }

    /** The headings of the SELECT list, for the clauses that may use them. */
    Map<String, DataType> headings() {
        return headings;
    }

    /** The relation of that alias, here or further out; null when there is none. */
    Relation relation(String alias) {
        for (NameScope scope = this; scope != null; scope = scope.outer) {
            for (Relation relation : scope.relations) {
                if (alias.equals(relation.alias())) {
                    return relation;
                }
            }
        }
        return null;
    }

    List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        for (NameScope scope = this; scope != null; scope = scope.outer) {
            scope.relations.forEach(relation -> {
                if (relation.alias() != null) {
                    aliases.add(relation.alias());
                }
            });
        }
        return aliases;
    }

    /** The relations of this level that have a column. */
    List<Relation> having(String column) {
        return relations.stream().filter(relation -> relation.has(column)).toList();
    }

    boolean unknownColumns() {
        return relations.stream().anyMatch(relation -> relation.columns() == null);
    }
}
