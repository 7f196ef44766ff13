package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Columns and values within reach of a plan, found by name; joins their tables to the plan when they are used. */
final class KnownColumns {

    private static final int FARTHEST = 3;
    private static final Set<String> LATER = Set.of("birth", "dob", "updated", "modified", "shipped", "delivered", "due",
            "expiry", "expires", "end", "closed", "until", "required", "maturity", "last", "review");
    private static final Set<String> MAIN = Set.of("date", "time", "timestamp", "at", "on", "placed", "created", "ordered",
            "start", "day", "datetime");

    private final PlanEdit edit;
    private final SchemaGroup group;

    private String spoken = "";

    /** A column of a table that can be joined. */
    record Found(TableDefinition table, ColumnDefinition column) {
    }

    /** What somebody did with something, of which rows are kept that belong to both. */
    private static final Set<String> DONE = Set.of("bought", "buy", "purchased", "ordered", "sold", "rented", "borrowed", "visited", "paid", "spent",
            "received", "booked", "used", "took", "attended", "watched", "rated", "reviewed");

    KnownColumns(PlanEdit edit, SchemaGroup group) {
        this.edit = edit;
        this.group = group;
    }

    /** The columns with that name in words, those of nearer tables first, then those whose name only ends like it. */
    List<Found> named(String words) {
        String wanted = Names.singular(words);
        List<Found> exact = new ArrayList<>();
        List<Found> partly = new ArrayList<>();
        for (TableDefinition table : near()) {
            String tableWords = Names.singular(Names.words(table.name()));
            for (ColumnDefinition column : table.columns()) {
                String name = Names.singular(Names.words(column.name()));
                boolean same = (table.name() + "." + column.name()).equalsIgnoreCase(words.trim()) || name.equals(wanted)
                        || (tableWords + " " + name).equals(wanted) || name.equals(tableWords + " " + wanted)
                        || column.synonyms().stream().anyMatch(synonym -> Names.singular(Names.words(synonym)).equals(wanted));
                if (same) {
                    exact.add(new Found(table, column));
                } else if ((" " + name).endsWith(" " + wanted) || (name + " ").startsWith(wanted + " ")) {
                    partly.add(new Found(table, column));
                }
            }
            Optional<ColumnDefinition> label = tableWords.equals(wanted) ? label(table) : Optional.empty();
            label.ifPresent(column -> exact.add(new Found(table, column)));
        }
        return exact.isEmpty() ? partly : exact;
    }

    /** What a person calls a row of the table by. */
    private static Optional<ColumnDefinition> label(TableDefinition table) {
        return table.columns().stream().filter(column -> column.dataType() == DataType.TEXT)
                .filter(column -> Names.words(column.name()).endsWith("name") || Names.words(column.name()).endsWith("title"))
                .findFirst();
    }

    /** The text columns that hold a value, as far as values are known, those of nearer tables first. */
    Map<Found, String> holding(String value) {
        Map<Found, String> found = new LinkedHashMap<>();
        String wanted = value.trim();
        for (TableDefinition table : near()) {
            for (ColumnDefinition column : table.columns()) {
                if (column.dataType() == DataType.TEXT || column.dataType() == DataType.OTHER) {
                    column.sampleValues().stream().filter(sample -> sample.equalsIgnoreCase(wanted)).findFirst()
                            .ifPresent(sample -> found.put(new Found(table, column), sample));
                }
            }
        }
        return found;
    }

    /** Takes note of the words before a time phrase: a column of time that they name comes first. */
    void spokenOf(String words) {
        String[] all = words.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d]+");
        spoken = String.join(" ", List.of(all).subList(Math.max(0, all.length - 4), all.length));
    }

    /** The columns of time, the likeliest first: the one already asked of, then those of the plan's own tables. */
    List<Expression.Column> temporal() {
        List<Expression.Column> columns = new ArrayList<>();
        edit.where.stream().map(PlanEdit::subject).filter(column -> column != null && temporal(column)).forEach(columns::add);
        edit.groupBy.stream().map(PlanEdit::column).filter(column -> column != null && temporal(column)).forEach(columns::add);
        Source main = edit.main();
        List<Source> sources = new ArrayList<>(edit.from);
        sources.sort(Comparator.comparing(source -> source != main));
        if (List.of(spoken.split(" ")).stream().anyMatch(DONE::contains)) {
            sources.sort(Comparator.comparing(source -> !belongs(source, main)));
        }
        for (Source source : sources) {
            table(source).ifPresent(table -> table.columns().stream()
                    .map(column -> new Expression.Column(source.alias(), column.name(), column.dataType()))
                    .filter(KnownColumns::temporal).sorted(Comparator.comparingInt(KnownColumns::rank))
                    .forEach(columns::add));
        }
        String last = spoken.substring(spoken.lastIndexOf(' ') + 1);
        List<Expression.Column> named = columns.stream().filter(this::spoken)
                .sorted(Comparator.comparing(column -> !TimeWords.names(column.column(), last))).toList();
        List<Expression.Column> ordered = new ArrayList<>(named);
        ordered.addAll(columns);
        return ordered.stream().distinct().toList();
    }

    /** Whether rows of a source belong to those of another: what somebody bought was bought then, not the buyer. */
    private boolean belongs(Source source, Source main) {
        return group.relationships().stream().anyMatch(relationship -> relationship.sourceTable().equals(source.table())
                && relationship.targetTable().equals(main.table()));
    }

    private boolean spoken(Expression.Column column) {
        return !spoken.isEmpty() && List.of(spoken.split(" ")).stream().anyMatch(word -> TimeWords.names(column.column(), word));
    }

    /** Whether the words before a time phrase name a time of a table that the plan does not have, and none that it has. */
    boolean spokenElsewhere() {
        String last = spoken.substring(spoken.lastIndexOf(' ') + 1);
        boolean noun = !last.isEmpty() && group.tables().stream().anyMatch(table -> edit.source(table.name()).isEmpty()
                && (" " + Names.singular(Names.words(table.name()))).endsWith(" " + Names.singular(last))
                && table.columns().stream().anyMatch(column -> column.dataType().temporal()));
        if (noun) {
            return true;
        }
        if (last.isEmpty() || edit.from.stream().anyMatch(source -> table(source).stream().anyMatch(table -> says(table, last)))) {
            return false;
        }
        return group.tables().stream().anyMatch(table -> says(table, last));
    }

    private static boolean says(TableDefinition table, String word) {
        return table.columns().stream().filter(column -> column.dataType().temporal()).anyMatch(column -> TimeWords.names(column.name(), word)
                || column.synonyms().stream().anyMatch(word::equalsIgnoreCase));
    }

    private static int rank(Expression.Column column) {
        List<String> words = List.of(Names.words(column.column()).split(" "));
        int rank = words.stream().anyMatch(LATER::contains) ? 2 : words.stream().anyMatch(MAIN::contains) ? 0 : 1;
        return rank * 2 + (column.type().temporal() ? 0 : 1);
    }

    static boolean temporal(Expression.Column column) {
        if (column.type().temporal()) {
            return true;
        }
        String words = " " + Names.words(column.column()) + " ";
        boolean dated = words.contains(" date ") || words.contains(" timestamp ") || words.contains(" datetime ");
        return column.type() == DataType.TEXT && dated || !column.type().temporal() && words.endsWith(" year ");
    }

    private Optional<TableDefinition> table(Source source) {
        return group.table(source.definition(), source.table());
    }

    /** The plan's tables, then those that can be joined to them, the nearer first. */
    private List<TableDefinition> near() {
        Map<String, Integer> distances = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>();
        String main = edit.main().table().toLowerCase(Locale.ROOT);
        distances.put(main, 0);
        open.add(main);
        edit.from.forEach(source -> {
            String name = source.table().toLowerCase(Locale.ROOT);
            if (distances.putIfAbsent(name, 0) == null) {
                open.add(name);
            }
        });
        while (!open.isEmpty()) {
            String at = open.remove();
            int distance = distances.get(at);
            for (Relationship tie : distance < FARTHEST ? group.relationships() : List.<Relationship>of()) {
                String other = tie.sourceTable().equalsIgnoreCase(at) ? tie.targetTable()
                        : tie.targetTable().equalsIgnoreCase(at) ? tie.sourceTable() : null;
                if (other != null && distances.putIfAbsent(other.toLowerCase(Locale.ROOT), distance + 1) == null) {
                    open.add(other.toLowerCase(Locale.ROOT));
                }
            }
        }
        return distances.keySet().stream().flatMap(name -> group.table(name).stream()).toList();
    }

    /** The column, its table joined to the plan along the shortest path; null when there is none. */
    Expression.Column use(Found found) {
        String alias = join(found.table());
        return alias == null ? null
                : new Expression.Column(alias, found.column().name(), found.column().dataType());
    }

    private String join(TableDefinition table) {
        Optional<Source> own = edit.source(table.name());
        if (own.isPresent()) {
            return own.get().alias();
        }
        Map<String, Relationship> ways = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>();
        edit.from.forEach(source -> {
            ways.put(source.table().toLowerCase(Locale.ROOT), null);
            open.add(source.table().toLowerCase(Locale.ROOT));
        });
        while (!open.isEmpty() && !ways.containsKey(table.name().toLowerCase(Locale.ROOT))) {
            String at = open.remove();
            for (Relationship tie : group.relationships()) {
                String other = tie.sourceTable().equalsIgnoreCase(at) ? tie.targetTable()
                        : tie.targetTable().equalsIgnoreCase(at) ? tie.sourceTable() : null;
                if (other != null && !ways.containsKey(other.toLowerCase(Locale.ROOT))) {
                    ways.put(other.toLowerCase(Locale.ROOT), tie);
                    open.add(other.toLowerCase(Locale.ROOT));
                }
            }
        }
        return ways.containsKey(table.name().toLowerCase(Locale.ROOT)) ? join(table, ways) : null;
    }

    private String join(TableDefinition table, Map<String, Relationship> ways) {
        Relationship tie = ways.get(table.name().toLowerCase(Locale.ROOT));
        boolean refers = tie.sourceTable().equalsIgnoreCase(table.name());
        TableDefinition other = group.table(refers ? tie.targetTable() : tie.sourceTable()).orElse(null);
        if (other == null) {
            return null;
        }
        Optional<Source> joined = edit.source(other.name());
        String otherAlias = joined.isPresent() ? joined.get().alias() : join(other, ways);
        if (otherAlias == null) {
            return null;
        }
        String alias = edit.alias();
        List<LogicalPlan.JoinCondition> on = new ArrayList<>();
        for (int i = 0; i < tie.sourceColumns().size(); i++) {
            String own = (refers ? tie.sourceColumns() : tie.targetColumns()).get(i);
            String others = (refers ? tie.targetColumns() : tie.sourceColumns()).get(i);
            on.add(new LogicalPlan.JoinCondition(column(otherAlias, other, others), column(alias, table, own)));
        }
        edit.from.add(new Source(table.definition(), table.name(), alias, LogicalPlan.JoinType.INNER, on));
        return alias;
    }

    private static Expression.Column column(String alias, TableDefinition table, String name) {
        return new Expression.Column(alias, name, table.column(name).map(ColumnDefinition::dataType).orElse(DataType.OTHER));
    }
}
