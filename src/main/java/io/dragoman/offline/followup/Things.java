package io.dragoman.offline.followup;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Directive;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What tables and amounts of a schema group are called, in the singular. */
final class Things {

    private final SchemaGroup group;
    private Set<String> rows;
    private Set<String> whole;

    Things(SchemaGroup group) {
        this.group = group;
    }

    /** The last word, with those that belong to it, that a table's rows are called by; empty when there is none. */
    Optional<String> noun(String words) {
        String[] all = words.trim().split("\\s+");
        for (int end = all.length; end > 0; end--) {
            for (int start = Math.max(0, end - 3); start < end; start++) {
                String text = String.join(" ", List.of(all).subList(start, end));
                if (rows().contains(plain(text))) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether all the words together are what a table, a column of numbers or a term of the glossary is called. */
    boolean named(String words) {
        rows();
        return whole.contains(plain(words)) || rows.contains(plain(words));
    }

    /** Whether the words are what the rows of a table are called. */
    boolean rows(String words) {
        return rows().contains(plain(words));
    }

    private Set<String> rows() {
        if (rows == null) {
            rows = new HashSet<>();
            whole = new HashSet<>();
            for (TableDefinition table : group.tables()) {
                row(table.name());
                table.synonyms().forEach(this::row);
                for (ColumnDefinition column : table.columns()) {
                    if (column.dataType().numeric()) {
                        whole.add(plain(column.name()));
                        column.synonyms().forEach(synonym -> whole.add(plain(synonym)));
                    }
                }
            }
            for (Synonym synonym : group.synonyms()) {
                if (group.table(synonym.target()).isPresent()) {
                    row(synonym.term());
                }
            }
            group.directives().stream().map(Directive::key).filter(key -> key != null).forEach(key -> whole.add(plain(key)));
        }
        return rows;
    }

    /** The name, and its last word: <i>items</i> of {@code order_items}. */
    private void row(String name) {
        String plain = plain(name);
        rows.add(plain);
        rows.add(plain.substring(plain.lastIndexOf(' ') + 1));
    }

    private static String plain(String name) {
        return Names.singular(Names.words(name.replaceAll("[^\\p{L}\\d_ ]", "").toLowerCase(Locale.ROOT)));
    }
}
