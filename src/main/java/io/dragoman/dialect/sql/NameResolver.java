package io.dragoman.dialect.sql;

import io.dragoman.dialect.Suggestions;
import io.dragoman.schema.DataType;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;

/** Resolves the names of a query against a schema: SELECT by SELECT, with what each can see. */
final class NameResolver {

    private final SchemaGroup schema;
    private final NameRules rules;
    private final NameFindings findings;
    private final ColumnResolver columns;
    private final SqlReads reads;
    private final Set<String> tables = new LinkedHashSet<>();

    /**
     * @param schema what names resolve against; null only collects what is read
     * @param reads  receives what is read
     */
    NameResolver(SchemaGroup schema, NameRules rules, NameFindings findings, SqlReads reads) {
        this.schema = schema;
        this.rules = rules;
        this.findings = findings;
        this.reads = reads;
        this.columns = new ColumnResolver(rules, findings, this, reads);
    }

    /** The tables that the query reads, as it names them. */
    List<String> tables() {
        return List.copyOf(tables);
    }

    /**
     * Resolves a SELECT.
     *
     * @param ctes the WITH queries it can see, by name
     * @return its headings with their types; null when they are not known
     */
    Map<String, DataType> select(Select select, NameScope outer, Map<String, Relation> ctes) {
        Map<String, Relation> visible = with(select, outer, ctes);
        if (select instanceof PlainSelect plain) {
            return plain(plain, outer, visible);
        } else if (select instanceof ParenthesedSelect parenthesed) {
            return select(parenthesed.getSelect(), outer, visible);
        } else if (select instanceof SetOperationList list) {
            return combined(list, outer, visible);
        }
        NameScope scope = new NameScope(outer);
        scope.add(new Relation(null, null, null));
        columns.expressions(select, scope, visible);
        return null;
    }

    private Map<String, Relation> with(Select select, NameScope outer, Map<String, Relation> ctes) {
        if (select.getWithItemsList() == null) {
            return ctes;
        }
        Map<String, Relation> visible = new HashMap<>(ctes);
        boolean itself = rules.lenient() || select.getWithItemsList().stream().anyMatch(WithItem::isRecursive);
        for (WithItem<?> item : select.getWithItemsList()) {
            String name = SqlNames.folded(item.getAlias().getName());
            if (itself) {
                visible.put(name, new Relation(name, null, null));
            }
            if (item.getParenthesedStatement() instanceof Select body) {
                Map<String, DataType> headings = select(body, outer, visible);
                visible.put(name, new Relation(name, renamed(headings, names(item)), null));
            }
        }
        return visible;
    }

    private static List<String> names(WithItem<?> item) {
        return item.getWithItemList() == null ? List.of()
                : item.getWithItemList().stream().map(name -> SqlNames.folded(name.toString())).toList();
    }

    private Map<String, DataType> combined(SetOperationList list, NameScope outer, Map<String, Relation> ctes) {
        Map<String, DataType> first = null;
        boolean known = true;
        for (Select member : list.getSelects()) {
            Map<String, DataType> headings = select(member, outer, ctes);
            known &= headings != null;
            if (member == list.getSelects().get(0)) {
                first = headings;
            } else if (byName(list)) {
                known = false;
            } else if (known && first.size() != headings.size()) {
                findings.error("COLUMN_COUNT", "The combined queries have " + first.size() + " and " + headings.size()
                        + " columns", member, null);
            }
        }
        first = known ? first : byName(list) ? null : first;
        NameScope scope = new NameScope(outer);
        scope.add(new Relation(null, first, null));
        if (list.getOrderByElements() != null) {
            columns.expressions(list.getOrderByElements(), scope, ctes);
        }
        return first;
    }

    /** Whether the members' columns are put together by name, not by place. */
    private static boolean byName(SetOperationList list) {
        return list.getOperations().stream().anyMatch(operation -> operation.toString().toUpperCase(Locale.ROOT).endsWith("BY NAME"));
    }

    private Map<String, DataType> plain(PlainSelect select, NameScope outer, Map<String, Relation> ctes) {
        NameScope scope = new NameScope(outer);
        if (select.getFromItem() != null) {
            from(select.getFromItem(), scope, ctes);
        }
        joins(select.getJoins(), scope, ctes);
        Map<String, DataType> headings = headings(select, scope, ctes);
        if (rules.headings() == NameRules.Headings.WHERE_AND_HAVING) {
            scope.headings().putAll(named(select, scope));
        }
        columns.expression(select.getWhere(), scope, ctes);
        scope.headings().putAll(named(select, scope));
        if (select.getGroupBy() != null) {
            columns.expressions(select.getGroupBy(), scope, ctes);
        }
        if (rules.headings() == NameRules.Headings.NOWHERE) {
            scope.headings().clear();
        }
        columns.expression(select.getHaving(), scope, ctes);
        columns.expression(select.getQualify(), scope, ctes);
        if (select.getWindowDefinitions() != null) {
            columns.expressions(select.getWindowDefinitions(), scope, ctes);
        }
        scope.headings().putAll(named(select, scope));
        if (select.getOrderByElements() != null) {
            columns.expressions(select.getOrderByElements(), scope, ctes);
        }
        if (schema != null) {
            new GroupCheck(rules, findings, columns).check(select, scope);
            new JoinCheck(schema, findings, columns).check(select, scope);
        }
        return headings;
    }

    private void joins(List<Join> joins, NameScope scope, Map<String, Relation> ctes) {
        if (joins == null) {
            return;
        }
        for (Join join : joins) {
            from(join.getFromItem(), scope, ctes);
            join.getUsingColumns().forEach(column -> using(column, scope));
            if (join.isNatural()) {
                natural(scope);
                reads.all(scope, join);
            }
            if (!rules.lenient()) {
                join.getOnExpressions().forEach(on -> columns.expression(on, scope, ctes));
            }
        }
        if (rules.lenient()) {
            joins.forEach(join -> join.getOnExpressions().forEach(on -> columns.expression(on, scope, ctes)));
        }
    }

    private void using(Column column, NameScope scope) {
        String name = SqlNames.folded(column.getColumnName());
        Relation joined = scope.relations().get(scope.relations().size() - 1);
        if (joined.columns() != null && !joined.has(name) || scope.having(name).isEmpty() && !scope.unknownColumns()) {
            findings.error("UNKNOWN_COLUMN", "USING names " + name + ", which not both tables have", column, null);
        }
        scope.merged().add(name);
        reads.merged(scope, name, column);
    }

    private static void natural(NameScope scope) {
        Relation joined = scope.relations().get(scope.relations().size() - 1);
        if (joined.columns() != null) {
            joined.columns().keySet().stream().filter(name -> scope.having(name).size() > 1).forEach(scope.merged()::add);
        }
    }

    private void from(FromItem item, NameScope scope, Map<String, Relation> ctes) {
        if (item instanceof Table table) {
            scope.add(table(table, scope, ctes));
        } else if (item instanceof ParenthesedFromItem group) {
            from(group.getFromItem(), scope, ctes);
            joins(group.getJoins(), scope, ctes);
        } else if (item instanceof Select select) {
            NameScope visible = item instanceof LateralSubSelect ? scope : scope.outer();
            Map<String, DataType> headings = select(select, visible, ctes);
            scope.add(new Relation(alias(item.getAlias()), renamed(headings, aliasColumns(item.getAlias())), null));
        } else if (item instanceof TableFunction function) {
            columns.expressions(function.getFunction(), scope, ctes);
            scope.add(new Relation(alias(item.getAlias()), null, null));
        } else {
            scope.add(new Relation(alias(item.getAlias()), null, null));
        }
    }

    private Relation table(Table table, NameScope scope, Map<String, Relation> ctes) {
        List<String> parts = SqlNames.parts(table.getFullyQualifiedName());
        String name = SqlNames.folded(parts.get(parts.size() - 1));
        String alias = table.getAlias() == null ? name : alias(table.getAlias());
        if (rules.fields() && parts.size() > 1 && scope.relation(SqlNames.folded(parts.get(0))) != null) {
            return new Relation(alias, null, null);
        }
        if (parts.size() == 1 && ctes.containsKey(name)) {
            reads.seen(table);
            Map<String, DataType> columns = ctes.get(name).columns();
            return new Relation(alias, renamed(columns, aliasColumns(table.getAlias())), null);
        }
        String full = String.join(".", parts.stream().map(SqlNames::unquoted).toList());
        tables.add(full);
        if (schema == null || SystemCatalogues.readable(parts)) {
            return reads.table(new Relation(alias, null, null), full, table);
        }
        TableDefinition definition = schema.table(full).or(() -> schema.table(name)).or(() -> schema.tableWithin(name))
                .orElse(null);
        if (definition == null && name.endsWith("*")) {
            return wildcard(alias, name.substring(0, name.length() - 1), table);
        }
        if (definition == null) {
            String near = Suggestions.nearest(name, schema.tables().stream().map(TableDefinition::name).toList());
            findings.error("UNKNOWN_TABLE", "There is no table " + full + didYouMean(near), table, near);
            return reads.table(new Relation(alias, null, null), full, table);
        }
        spelling(parts.get(parts.size() - 1), definition.name(), table);
        return reads.table(Relation.of(alias, definition), full, table);
    }

    /** All tables whose names begin so, read as one. */
    private Relation wildcard(String alias, String prefix, Table table) {
        List<TableDefinition> meant = schema.tables().stream().filter(known -> known.name().toLowerCase(Locale.ROOT)
                .substring(known.name().lastIndexOf('.') + 1).startsWith(prefix)).toList();
        if (meant.isEmpty()) {
            findings.error("UNKNOWN_TABLE", "There is no table whose name begins with " + prefix, table, null);
            return new Relation(alias, null, null);
        }
        Relation relation = Relation.of(alias, meant.get(0));
        for (TableDefinition known : meant) {
            tables.add(known.name());
            reads.table(Relation.of(alias, known), known.name(), table);
        }
        return reads.table(relation, meant.get(0).name(), table);
    }

    /** Warns where a database that folds case would look for another name. */
    void spelling(String written, String actual, Object node) {
        String last = actual.substring(actual.lastIndexOf('.') + 1);
        boolean found = !rules.foldsCase() || (SqlNames.quoted(written) ? SqlNames.unquoted(written)
                : SqlNames.folded(written)).equals(last);
        if (!found) {
            findings.warning("NAME_CASE", "The name is spelled " + last + " and must be quoted", node, "\"" + last + "\"");
        }
    }

    private Map<String, DataType> headings(PlainSelect select, NameScope scope, Map<String, Relation> ctes) {
        Map<String, DataType> headings = new LinkedHashMap<>();
        boolean known = true;
        for (SelectItem<?> item : select.getSelectItems()) {
            Expression expression = item.getExpression();
            if (expression instanceof AllTableColumns all) {
                Relation relation = columns.relation(all.getTable(), item, scope);
                reads.all(relation, scope, all);
                known &= relation != null && relation.columns() != null;
                if (known) {
                    headings.putAll(relation.columns());
                    except(all, headings);
                }
                columns.expressions(all.getReplaceExpressions(), scope, ctes);
            } else if (expression instanceof AllColumns all) {
                reads.all(scope, expression);
                for (Relation relation : scope.relations()) {
                    known &= relation.columns() != null;
                    if (known) {
                        relation.columns().forEach(headings::putIfAbsent);
                    }
                }
                except(all, headings);
                columns.expressions(all.getReplaceExpressions(), scope, ctes);
            } else if (expression instanceof Function spread && "columns".equals(SqlNames.folded(spread.getName()))) {
                known = false;
                columns.expression(expression, scope, ctes);
            } else {
                columns.expression(expression, scope, ctes);
                headings.put(heading(item, headings.size()), columns.type(expression, scope));
            }
        }
        if (select.getDistinct() != null && select.getDistinct().getOnSelectItems() != null) {
            columns.expressions(select.getDistinct().getOnSelectItems(), scope, ctes);
        }
        return known ? headings : null;
    }

    /** {@code * EXCEPT (a, b)}. */
    private void except(AllColumns all, Map<String, DataType> headings) {
        if (all.getExceptColumns() != null) {
            all.getExceptColumns().forEach(column -> headings.remove(SqlNames.folded(column.getColumnName())));
        }
    }

    private Map<String, DataType> named(PlainSelect select, NameScope scope) {
        Map<String, DataType> named = new HashMap<>();
        for (SelectItem<?> item : select.getSelectItems()) {
            if (item.getAlias() != null) {
                named.put(alias(item.getAlias()), columns.type(item.getExpression(), scope));
            }
        }
        return named;
    }

    private static String heading(SelectItem<?> item, int index) {
        if (item.getAlias() != null) {
            return alias(item.getAlias());
        }
        if (item.getExpression() instanceof Column column) {
            return SqlNames.folded(column.getColumnName());
        }
        if (item.getExpression() instanceof Function function) {
            return SqlNames.folded(function.getName());
        }
        return "?column" + index;
    }

    private static String alias(Alias alias) {
        return alias == null || alias.getName() == null ? null : SqlNames.folded(alias.getName());
    }

    private static List<String> aliasColumns(Alias alias) {
        return alias == null || alias.getAliasColumns() == null ? List.of()
                : alias.getAliasColumns().stream().map(column -> SqlNames.folded(column.name)).toList();
    }

    private static Map<String, DataType> renamed(Map<String, DataType> columns, List<String> names) {
        if (names.isEmpty()) {
            return columns;
        }
        List<DataType> types = columns == null ? List.of() : new ArrayList<>(columns.values());
        Map<String, DataType> renamed = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            renamed.put(names.get(i), i < types.size() ? types.get(i) : DataType.OTHER);
        }
        return renamed;
    }

    static String didYouMean(String near) {
        return near == null ? "" : "; did you mean " + near + "?";
    }
}
