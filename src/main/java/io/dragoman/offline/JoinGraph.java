package io.dragoman.offline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The tables of a schema group and the relationships between them; finds shortest ways to join. */
final class JoinGraph {

    private static final int MAX_HOPS = 4;

    /** A way to join two tables: pairs of equal columns. {@code cost} is 1 for declared relationships, more for implied. */
    record Edge(TableNode from, TableNode to, List<ColumnNode> left, List<ColumnNode> right, double cost,
            boolean manyToOne, boolean asOf) {

        Edge reversed() {
            return new Edge(to, from, right, left, cost, !manyToOne, asOf);
        }
    }

    /** How much nearer a relationship is whose column the question names. */
    private static final double NAMED = 0.4;
    private static final Set<String> KEY_WORDS = Set.of("id", "code", "key", "number", "name");

    private final Map<TableNode, List<Edge>> edges;
    private final Map<Long, Double> distances;
    /** The roots of the question's words; empty for none. */
    private final Set<String> said;

    JoinGraph() {
        this(new HashMap<>(), new java.util.concurrent.ConcurrentHashMap<>(), Set.of());
    }

    private JoinGraph(Map<TableNode, List<Edge>> edges, Map<Long, Double> distances, Set<String> said) {
        this.edges = edges;
        this.distances = distances;
        this.said = said;
    }

    /** The same joins, where of several ways between two tables the one is nearer whose column a question names. */
    JoinGraph said(Set<String> roots) {
        return new JoinGraph(edges, distances, roots);
    }

    private boolean named(Edge edge) {
        List<ColumnNode> references = edge.manyToOne() ? edge.left() : edge.right();
        boolean several = !said.isEmpty() && of(edge.from()).stream().anyMatch(other -> other.to() == edge.to() && other != edge
                && !(other.left().equals(edge.left()) && other.right().equals(edge.right())));
        return several && references.stream().flatMap(column -> column.stems.stream()).anyMatch(stem -> !KEY_WORDS.contains(stem)
                && !edge.from().stems.contains(stem) && !edge.to().stems.contains(stem) && said.contains(Words.root(stem)));
    }

    void add(Edge edge) {
        edges.computeIfAbsent(edge.from(), key -> new ArrayList<>()).add(edge);
        edges.computeIfAbsent(edge.to(), key -> new ArrayList<>()).add(edge.reversed());
    }

    List<Edge> of(TableNode table) {
        return edges.getOrDefault(table, List.of());
    }

    /** Joins tables that no declared relationship links by columns of equal name, one of which identifies its row. */
    void imply(Collection<TableNode> tables, java.util.function.BiPredicate<TableNode, TableNode> reachable) {
        Map<String, List<ColumnNode>> byName = new HashMap<>();
        for (TableNode table : tables) {
            for (ColumnNode column : table.columns) {
                byName.computeIfAbsent(column.name().toLowerCase(Locale.ROOT), key -> new ArrayList<>()).add(column);
            }
        }
        tables.forEach(table -> refer(table, tables, reachable));
        byName.forEach((name, columns) -> {
            for (int i = 0; i < columns.size() && columns.size() <= 40; i++) {
                for (int j = i + 1; j < columns.size(); j++) {
                    pair(columns.get(i), columns.get(j), reachable);
                }
            }
        });
    }

    /** Columns such as {@code restaurant_id} refer to the {@code id} of a table {@code restaurant}. */
    private void refer(TableNode one, Collection<TableNode> tables, java.util.function.BiPredicate<TableNode, TableNode> reachable) {
        ColumnNode key = one.key();
        if (key == null || !key.core.equals(List.of("id"))) {
            return;
        }
        List<String> reference = new ArrayList<>(one.stems);
        reference.add("id");
        for (TableNode table : tables) {
            for (ColumnNode column : table.columns) {
                boolean named = table != one && column.stems.equals(reference) && column != table.key() && !column.name().equalsIgnoreCase(key.name());
                if (named && of(table).stream().noneMatch(edge -> edge.to() == one) && reachable.test(table, one)) {
                    add(new Edge(table, one, List.of(column), List.of(key), 1.3, true, false));
                    column.foreign = true;
                }
            }
        }
    }

    private void pair(ColumnNode a, ColumnNode b, java.util.function.BiPredicate<TableNode, TableNode> reachable) {
        boolean keyed = keyLike(a) || keyLike(b);
        boolean telling = a.identifier || a.stems.size() > 1 || keyLike(a) && keyLike(b) || a.name().length() > 6;
        boolean generic = a.stems.size() == 1 && (a.name().equalsIgnoreCase("id") || a.stems.get(0).equals("name")
                || a.stems.get(0).equals("code") || a.stems.get(0).equals("description"));
        boolean declared = of(a.table).stream().anyMatch(edge -> edge.to() == b.table);
        if (keyed && telling && !generic && !declared && a.table != b.table && reachable.test(a.table, b.table)) {
            ColumnNode many = keyLike(b) ? a : b;
            ColumnNode one = many == a ? b : a;
            add(new Edge(many.table, one.table, List.of(many), List.of(one), 1.6, true, false));
        }
    }

    private static boolean keyLike(ColumnNode column) {
        boolean named = column.table.key() == null && column.table.primaryKey.isEmpty() && column.ordinal == 0 && column.text() && column.stems.size() > 1
                && column.stems.contains("name");
        return named || column.table.key() == column || column.identifier && !column.table.primaryKey.isEmpty()
                && column.table.primaryKey.contains(column);
    }

    /** The cost of the shortest way from one table to another; a large number when there is none within four hops. */
    double distance(TableNode a, TableNode b) {
        if (a == b) {
            return 0;
        }
        long key = a.id < b.id ? (long) a.id << 32 | b.id : (long) b.id << 32 | a.id;
        Double known = distances.get(key);
        if (known == null) {
            List<Edge> path = path(List.of(a), b);
            known = path == null ? 100.0 : path.stream().mapToDouble(Edge::cost).sum();
            if (distances.size() < 100_000) {
                distances.put(key, known);
            }
        }
        return known;
    }

    /**
     * The shortest path from any of some tables to another.
     *
     * @return the edges in order; null when there is no path within four hops
     */
    List<Edge> path(Collection<TableNode> sources, TableNode target) {
        record Step(TableNode table, double cost, int hops, Edge via, Step before) {
        }
        PriorityQueue<Step> queue = new PriorityQueue<>((x, y) -> {
            int byCost = Double.compare(x.cost(), y.cost());
            return byCost != 0 ? byCost : Integer.compare(x.table().id, y.table().id);
        });
        Map<TableNode, Double> best = new HashMap<>();
        for (TableNode source : sources) {
            queue.add(new Step(source, 0, 0, null, null));
            best.put(source, 0.0);
        }
        int visited = 0;
        while (!queue.isEmpty() && visited++ < 2000) {
            Step step = queue.poll();
            if (step.table() == target) {
                ArrayDeque<Edge> path = new ArrayDeque<>();
                for (Step s = step; s.via() != null; s = s.before()) {
                    path.addFirst(s.via());
                }
                return new ArrayList<>(path);
            }
            if (step.hops() == MAX_HOPS) {
                continue;
            }
            for (Edge edge : of(step.table())) {
                double cost = step.cost() + edge.cost() - (named(edge) ? NAMED : 0);
                if (cost < best.getOrDefault(edge.to(), Double.MAX_VALUE)) {
                    best.put(edge.to(), cost);
                    queue.add(new Step(edge.to(), cost, step.hops() + 1, edge, step));
                }
            }
        }
        return null;
    }
}
