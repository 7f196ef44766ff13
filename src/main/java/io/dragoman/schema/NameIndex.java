package io.dragoman.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds a group's tables and relationships by name without walking over all of them. Immutable. */
final class NameIndex {

    private final List<TableDefinition> tables;
    private final List<Relationship> relationships;
    /** By folded name, the positions of the tables, ascending. */
    private final Map<String, List<Integer>> byName = new HashMap<>();
    /** The same by what follows any of a name's dots. */
    private final Map<String, List<Integer>> byEnding = new HashMap<>();
    /** By folded name of the table that refers, the positions of the relationships, ascending. */
    private final Map<String, List<Integer>> bySource = new HashMap<>();
    private final Set<String> tableNames = new HashSet<>();
    private final Set<String> columnNames = new HashSet<>();

    NameIndex(List<TableDefinition> tables, List<Relationship> relationships) {
        this.tables = tables;
        this.relationships = relationships;
        for (int i = 0; i < tables.size(); i++) {
            tableNames.add(tables.get(i).name());
            tables.get(i).columns().forEach(column -> columnNames.add(column.name()));
            String name = folded(tables.get(i).name());
            add(byName, name, i);
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                add(byEnding, name.substring(dot + 1), i);
            }
        }
        for (int i = 0; i < relationships.size(); i++) {
            add(bySource, folded(relationships.get(i).sourceTable()), i);
        }
    }

    /** The names of all tables, as they are spelled. */
    Set<String> tableNames() {
        return Collections.unmodifiableSet(tableNames);
    }

    /** The names of the columns of all tables, as they are spelled. */
    Set<String> columnNames() {
        return Collections.unmodifiableSet(columnNames);
    }

    /** The tables of that name, ignoring case, in the group's order. */
    Stream<TableDefinition> named(String name) {
        return positions(byName, name).map(tables::get);
    }

    /** The tables whose name ends in a dot and this, ignoring case, in the group's order. */
    Stream<TableDefinition> ending(String ending) {
        return positions(byEnding, ending).map(tables::get);
    }

    /** The relationships that the table of that name, ignoring case, is the source of, in the group's order. */
    Stream<Relationship> from(String table) {
        return positions(bySource, table).map(relationships::get);
    }

    /** The tables that are spelled so, in the group's order. */
    List<TableDefinition> spelled(Collection<String> names) {
        return names.stream().flatMap(name -> positions(byName, name).filter(at -> tables.get(at).name().equals(name)))
                .distinct().sorted().map(tables::get).toList();
    }

    /** The relationships between tables that are spelled so, in the group's order. */
    List<Relationship> between(Set<String> names) {
        return names.stream().flatMap(name -> positions(bySource, name))
                .filter(at -> names.contains(relationships.get(at).sourceTable())
                        && names.contains(relationships.get(at).targetTable()))
                .distinct().sorted().map(relationships::get).toList();
    }

    private static Stream<Integer> positions(Map<String, List<Integer>> index, String name) {
        return index.getOrDefault(folded(name), List.of()).stream();
    }

    private static void add(Map<String, List<Integer>> index, String name, int position) {
        index.computeIfAbsent(name, key -> new ArrayList<>(1)).add(position);
    }

    /** The same for two names if and only if {@link String#equalsIgnoreCase} takes them for equal. */
    private static String folded(String name) {
        char[] letters = name.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(Character.toUpperCase(letters[i]));
        }
        return new String(letters);
    }
}
