package io.dragoman.api.schema;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.GroupEntries;
import io.dragoman.schema.GroupEntries.Owned;
import io.dragoman.schema.Slice;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * The calls on one of the lists that curators keep.
 *
 * @param <T> the record of an entry
 * @param <V> how an entry looks on the wire
 */
abstract class EntryCalls<T, V> {

    private final GroupEntries<T> entries;

    EntryCalls(GroupEntries<T> entries) {
        this.entries = entries;
    }

    public Listing<V> list(@Header("schema_group_id") String group, @ExchangeProperty("page") Page page) {
        Slice<Owned<T>> slice = entries.list(group == null || group.isBlank() ? null : group, page.limit(),
                page.offset());
        return new Listing<>(slice.items().stream().map(this::view).toList(), slice.total());
    }

    public V read(@Header("id") String id) {
        return view(entries.get(id));
    }

    public Deleted delete(@Header("id") String id) {
        entries.delete(id);
        return Deleted.of(id);
    }

    V add(String group, T entry) {
        if (group == null || group.isBlank()) {
            throw FailureException.invalid("schema_group_id", "The field 'schema_group_id' is missing.");
        }
        return view(entries.create(group, entry));
    }

    V replace(String id, T changed) {
        return view(entries.update(id, changed));
    }

    T stored(String id) {
        return entries.get(id).value();
    }

    abstract V view(Owned<T> entry);

    static <F> F or(F changed, F stored) {
        return changed == null ? stored : changed;
    }
}
