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
import java.util.stream.IntStream;

/**
 * Connects tables of one group over its relationships with as few further tables as can easily be found: the shortest path
 * heuristic for Steiner trees (Takahashi and Matsuyama 1980).
 */
class JoinPaths {

    /** Queries with more joins between two tables that were asked for are beyond what a question means. */
    private static final int LONGEST_PATH = 4;
    /** Where everything is joined to everything, paths are sought among so many tables. */
    private static final int MOST_TABLES = 2_000;

    private final GroupIndex index;
    private final IntToDoubleFunction score;

    /**
     * Prepares the search for paths.
     *
     * @param score how likely the question is about a table, by position: decides between paths of the same length
     */
    JoinPaths(GroupIndex index, IntToDoubleFunction score) {
        this.index = index;
        this.score = score;
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
        while (!open.isEmpty() && previous.size() < MOST_TABLES) {
            int here = open.remove();
            if (length.get(here) == LONGEST_PATH) {
                continue;
            }
            for (int next : likeliestFirst(here)) {
                if (previous.putIfAbsent(next, here) == null) {
                    if (tree.contains(next)) {
                        return back(next, from, previous);
                    }
                    length.put(next, length.get(here) + 1);
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    /** The neighbours of a table. Only those that the question may be about need an order: others are as good as each other. */
    private int[] likeliestFirst(int table) {
        int[] neighbours = index.neighbours()[table];
        int[] likely = Arrays.stream(neighbours).filter(next -> score.applyAsDouble(next) > 0).boxed()
                .sorted(Comparator.comparingDouble((Integer next) -> -score.applyAsDouble(next)).thenComparingInt(next -> next))
                .mapToInt(Integer::intValue).toArray();
        if (likely.length == 0) {
            return neighbours;
        }
        return IntStream.concat(Arrays.stream(likely), Arrays.stream(neighbours).filter(next -> score.applyAsDouble(next) <= 0))
                .toArray();
    }

    private static List<Integer> back(int end, int start, Map<Integer, Integer> previous) {
        List<Integer> path = new ArrayList<>(List.of(end));
        for (int at = end; at != start; at = previous.get(at)) {
            path.add(0, previous.get(at));
        }
        return path;
    }
}
