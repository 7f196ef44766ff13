package io.dragoman.dialect;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that was probably meant. */
public final class Suggestions {

    private Suggestions() {
    }

    /**
     * The nearest of the names by edit distance (Damerau 1964, with neighbours swapped), ignoring case.
     *
     * @return null when none is near: more than a third of the letters would have to change
     */
    public static String nearest(String name, Collection<String> names) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Math.max(1, wanted.length() / 3) + 1;
        for (String candidate : names) {
            String lower = candidate.toLowerCase(Locale.ROOT);
            int distance = lower.replace("_", "").equals(wanted.replace("_", "")) ? 0 : distance(wanted, lower, least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** The edit distance with insertions, deletions, replacements and swaps of neighbours; stops counting at a bound. */
    static int distance(String a, String b, int bound) {
        if (Math.abs(a.length() - b.length()) >= bound) {
            return bound;
        }
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 ? j : j == 0 ? i : cost(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cost(int[][] rows, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int cost = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cost, rows[i - 2][j - 2] + 1) : cost;
    }
}
