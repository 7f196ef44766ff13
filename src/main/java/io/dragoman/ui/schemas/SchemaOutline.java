package io.dragoman.ui.schemas;

import com.vaadin.flow.data.provider.hierarchy.AbstractBackEndHierarchicalDataProvider;
import com.vaadin.flow.data.provider.hierarchy.HierarchicalQuery;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tree of schemas shows, fetched branch by branch from snapshots; a word keeps what it occurs in. */
class SchemaOutline extends AbstractBackEndHierarchicalDataProvider<SchemaNode, Void> {

    private Map<String, SchemaGroup> groups = Map.of();
    private String word = "";

    /** Shows these groups. */
    void show(List<SchemaGroup> snapshots) {
        Map<String, SchemaGroup> byName = new LinkedHashMap<>();
        snapshots.forEach(group -> byName.put(group.name(), group));
        groups = byName;
        refreshAll();
    }

    /** Keeps tables and columns in whose name, description or synonyms the word occurs; an empty one keeps all. */
    void keep(String text) {
        word = text.strip().toLowerCase(Locale.ROOT);
        refreshAll();
    }

    /** Whether a word keeps only a part. */
    boolean filtered() {
        return !word.isEmpty();
    }

    /** The groups and databases, to be opened so that tables are seen. */
    List<SchemaNode> branches() {
        return children(null).flatMap(group -> Stream.concat(Stream.of(group), children(group))).toList();
    }

    /** The snapshot of a group. */
    Optional<SchemaGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** All snapshots, by name. */
    List<SchemaGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** The table of that place. */
    Optional<TableDefinition> table(String group, String definition, String table) {
        return group(group).flatMap(snapshot -> snapshot.tables().stream()
                .filter(one -> one.definition().equals(definition) && one.name().equals(table)).findFirst());
    }

    @Override
    public int getChildCount(HierarchicalQuery<SchemaNode, Void> query) {
        return (int) children(query.getParent()).skip(query.getOffset()).limit(query.getLimit()).count();
    }

    @Override
    public boolean hasChildren(SchemaNode node) {
        return !(node instanceof SchemaNode.Column);
    }

    @Override
    protected Stream<SchemaNode> fetchChildrenFromBackEnd(HierarchicalQuery<SchemaNode, Void> query) {
        return children(query.getParent()).skip(query.getOffset()).limit(query.getLimit());
    }

    private Stream<SchemaNode> children(SchemaNode parent) {
        if (parent == null) {
            return groups.values().stream().filter(group -> !filtered() || group.tables().stream().anyMatch(this::keeps))
                    .map(group -> new SchemaNode.Group(group.name()));
        }
        SchemaGroup group = groups.get(parent.group());
        if (group == null || parent instanceof SchemaNode.Column) {
            return Stream.empty();
        }
        if (parent instanceof SchemaNode.Definition definition) {
            return group.tables().stream().filter(table -> table.definition().equals(definition.name()))
                    .filter(this::keeps).map(table -> new SchemaNode.Table(group.name(), definition.name(), table.name()));
        }
        if (parent instanceof SchemaNode.Table node) {
            return table(node.group(), node.definition(), node.name()).stream().flatMap(table -> columns(node, table));
        }
        return group.definitions().stream().map(definition -> definition.name())
                .filter(name -> !filtered()
                        || group.tables().stream().anyMatch(table -> table.definition().equals(name) && keeps(table)))
                .map(name -> new SchemaNode.Definition(group.name(), name));
    }

    private Stream<SchemaNode> columns(SchemaNode.Table node, TableDefinition table) {
        boolean all = !filtered() || keepsItself(table);
        return table.columns().stream().filter(column -> all || keeps(column))
                .map(column -> new SchemaNode.Column(node.group(), node.definition(), node.name(), column.name()));
    }

    private boolean keeps(TableDefinition table) {
        return !filtered() || keepsItself(table) || table.columns().stream().anyMatch(this::keeps);
    }

    private boolean keepsItself(TableDefinition table) {
        return keeps(table.name(), table.description(), table.synonyms());
    }

    private boolean keeps(ColumnDefinition column) {
        return keeps(column.name(), column.description(), column.synonyms());
    }

    private boolean keeps(String name, String description, List<String> synonyms) {
        return has(name) || has(description) || synonyms.stream().anyMatch(this::has);
    }

    private boolean has(String text) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(word);
    }

    @Override
    public boolean isInMemory() {
        return false;
    }
}
