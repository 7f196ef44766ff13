package io.dragoman.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an import adds, changes and removes, in the words of its report. */
final class ChangeLog {

    private final List<String> added = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    List<String> added() {
        return added;
    }

    List<String> changed() {
        return changed;
    }

    List<String> removed() {
        return removed;
    }

    boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /**
     * Compares what is there with what comes, notes the differences, and gives what has to be written.
     *
     * @param name  the key by which an entry is recognised, and its name in the report
     * @param merge the stored entry and the coming one, made into the one to store
     */
    <T> List<T> put(String kind, Collection<T> before, Collection<T> coming, Function<T, String> name,
            BinaryOperator<T> merge) {
        Map<String, T> known = new LinkedHashMap<>();
        before.forEach(entry -> known.put(name.apply(entry), entry));
        Map<String, T> writes = new LinkedHashMap<>();
        for (T entry : coming) {
            String key = name.apply(entry);
            T stored = known.get(key);
            if (stored == null) {
                added.add(kind + " " + key);
                writes.put(key, entry);
            } else {
                T merged = merge.apply(stored, entry);
                if (!merged.equals(stored)) {
                    changed.add(kind + " " + key);
                    writes.put(key, merged);
                }
            }
        }
        return List.copyOf(writes.values());
    }

    /** Notes the stored entries that do not come again, and gives them. */
    <T> List<T> remove(String kind, Collection<T> before, Collection<T> coming, Function<T, String> name) {
        Set<String> keys = coming.stream().map(name).collect(Collectors.toSet());
        List<T> gone = before.stream().filter(entry -> !keys.contains(name.apply(entry))).toList();
        gone.forEach(entry -> removed.add(kind + " " + name.apply(entry)));
        return gone;
    }
}
