package io.dragoman.schema.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Connects tables of one group over its relationships with as few further tables as can easily be found: the shortest path
 * heuristic for Steiner trees (Takahashi and Matsuyama 1980).
 */
class JoinPaths {

    /** Queries with more joins between two tables that were asked for are beyond what a question means. */
    private static final int LONGEST_PATH = 4;

    private final GroupIndex index;
    private final Comparator<Integer> likeliestFirst;

    /**
     * Prepares the search for paths.
     *
     * @param score how likely the question is about a table, by position: decides between paths of the same length
     */
    JoinPaths(GroupIndex index, IntToDoubleFunction score) {
        this.index = index;
        likeliestFirst = Comparator.comparingDouble((Integer table) -> -score.applyAsDouble(table))
                .thenComparing(Comparator.naturalOrder());
    }

    /**
     * Finds the tables between.
     *
     * @param wanted positions of tables, the most important first
     * @return by position of a further table, the two wanted tables that it joins; in the order they were found
     */
    Map<Integer, int[]> between(List<Integer> wanted) {
        Map<Integer, int[]> joining = new LinkedHashMap<>();
        List<Integer> tree = new ArrayList<>();
        for (int table : wanted) {
            if (!tree.isEmpty() && !tree.contains(table)) {
                List<Integer> path = path(table, tree);
                for (int i = 1; i < path.size() - 1; i++) {
                    if (!wanted.contains(path.get(i))) {
                        joining.putIfAbsent(path.get(i), new int[] {path.get(path.size() - 1), table});
                    }
                    tree.add(path.get(i));
                }
            }
            tree.add(table);
        }
        return joining;
    }

    /** A shortest path from the table to any of the tree, both ends included; empty when there is none. */
    private List<Integer> path(int from, List<Integer> tree) {
        Map<Integer, Integer> previous = new HashMap<>(Map.of(from, from));
        Map<Integer, Integer> length = new HashMap<>(Map.of(from, 0));
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int here = open.remove();
            if (tree.contains(here)) {
                return back(here, from, previous);
            }
            if (length.get(here) == LONGEST_PATH) {
                continue;
            }
            for (int next : Arrays.stream(index.neighbours()[here]).boxed().sorted(likeliestFirst).toList()) {
                if (previous.putIfAbsent(next, here) == null) {
                    length.put(next, length.get(here) + 1);
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    private static List<Integer> back(int end, int start, Map<Integer, Integer> previous) {
        List<Integer> path = new ArrayList<>(List.of(end));
        for (int at = end; at != start; at = previous.get(at)) {
            path.add(0, previous.get(at));
        }
        return path;
    }
}
