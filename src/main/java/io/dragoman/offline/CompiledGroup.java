package io.dragoman.offline;

import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.search.TableHit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A schema group made ready for parsing: nodes, joins and, table by table as needed, lexicons. Thread-safe. It holds no
 * reference to the group itself, so that it can be kept for as long as the group lives.
 */
final class CompiledGroup {

    /** Up to so many tables, all of a group's tables are considered for every question. */
    static final int SMALL = 60;

    private final List<Synonym> synonyms;
    final List<TableNode> tables = new ArrayList<>();
    final JoinGraph graph = new JoinGraph();
    private final Map<String, TableNode> byName = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final TableLexicon[] lexicons;
    private final Glossary glossary;
    private volatile Lexicon whole;

    CompiledGroup(SchemaGroup group) {
        this.synonyms = group.synonyms();
        for (SchemaDefinition definition : group.definitions()) {
            places.put(definition.name(), definition.datasource() == null ? "definition " + definition.name()
                    : definition.datasource());
        }
        group.tables().forEach(definition -> {
            TableNode node = new TableNode(tables.size(), definition);
            tables.add(node);
            String name = definition.name().toLowerCase(Locale.ROOT);
            byName.putIfAbsent(name, node);
            byName.putIfAbsent(definition.definition() + "/" + name, node);
        });
        tables.forEach(table -> table.columns.forEach(column -> column.settle(tables)));
        group.relationships().forEach(this::relate);
        if (tables.size() <= 400) {
            graph.imply(tables, this::samePlace);
        }
        lexicons = new TableLexicon[tables.size()];
        glossary = new Glossary(group, name -> byName.get(name.toLowerCase(Locale.ROOT)));
    }

    private void relate(Relationship relationship) {
        TableNode source = byName.get(relationship.sourceTable().toLowerCase(Locale.ROOT));
        TableNode target = byName.get(relationship.targetTable().toLowerCase(Locale.ROOT));
        if (source == null || target == null || !samePlace(source, target)) {
            return;
        }
        List<ColumnNode> left = columns(source, relationship.sourceColumns());
        List<ColumnNode> right = columns(target, relationship.targetColumns());
        if (left.isEmpty() || left.size() != right.size()) {
            return;
        }
        String type = relationship.type() == null ? "many_to_one" : relationship.type();
        if (!type.equals("one_to_many")) {
            left.stream().filter(column -> !column.definition.primaryKey() || source.primaryKey.size() > 1)
                    .forEach(column -> column.foreign = true);
        }
        graph.add(new JoinGraph.Edge(source, target, left, right,
                source.stems.size() > 1 && source.stems.containsAll(target.stems) ? 0.9 : 1.0, !type.equals("one_to_many"), type.equals("as_of")));
    }

    private static List<ColumnNode> columns(TableNode table, List<String> names) {
        List<ColumnNode> found = new ArrayList<>();
        for (String name : names) {
            table.columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst().ifPresent(found::add);
        }
        return found.size() == names.size() ? found : List.of();
    }

    private boolean samePlace(TableNode a, TableNode b) {
        return a.definition.definition().equals(b.definition.definition())
                || Objects.equals(places.get(a.definition.definition()), places.get(b.definition.definition()));
    }

    /** The lexicon for a question: all tables of a small group, else those that retrieval found and their neighbours. */
    Lexicon lexicon(List<TableHit> hits) {
        if (tables.size() <= SMALL || hits.isEmpty()) {
            Lexicon known = whole;
            if (known == null) {
                known = new Lexicon(tables.stream().map(this::lexicon).toList(), graph, glossary);
                whole = known;
            }
            return known;
        }
        Set<TableNode> chosen = new LinkedHashSet<>();
        for (TableHit hit : hits) {
            TableNode node = byName.get(hit.definition() + "/" + hit.table().toLowerCase(Locale.ROOT));
            if (node == null) {
                node = byName.get(hit.table().toLowerCase(Locale.ROOT));
            }
            if (node != null && chosen.size() < SMALL) {
                chosen.add(node);
            }
        }
        return new Lexicon(chosen.stream().map(this::lexicon).toList(), graph, glossary);
    }

    private TableLexicon lexicon(TableNode table) {
        TableLexicon known = lexicons[table.id];
        if (known == null) {
            known = new TableLexicon(table);
            for (Synonym synonym : synonyms) {
                learn(known, synonym);
            }
            lexicons[table.id] = known;
        }
        return known;
    }

    private static void learn(TableLexicon lexicon, Synonym synonym) {
        String target = synonym.target();
        TableNode table = lexicon.table;
        int equals = target.indexOf('=');
        if (equals > 0) {
            String path = target.substring(0, equals).trim();
            if (path.toLowerCase(Locale.ROOT).startsWith(table.name().toLowerCase(Locale.ROOT) + ".")) {
                String name = path.substring(table.name().length() + 1);
                table.columns.stream().filter(node -> node.name().equalsIgnoreCase(name)).findFirst()
                        .ifPresent(node -> lexicon.value(synonym.term(), node, target.substring(equals + 1).trim()));
            }
            return;
        }
        List<String> stems = new ArrayList<>();
        for (String word : Words.normalize(synonym.term()).split(" ")) {
            stems.add(Words.stem(word));
        }
        if (target.equalsIgnoreCase(table.name())) {
            lexicon.phrase(stems, null, 1.0);
        } else if (target.toLowerCase(Locale.ROOT).startsWith(table.name().toLowerCase(Locale.ROOT) + ".")) {
            String column = target.substring(table.name().length() + 1);
            table.columns.stream().filter(node -> node.name().equalsIgnoreCase(column)).findFirst()
                    .ifPresent(node -> lexicon.phrase(stems, node, 1.0));
        }
    }
}
