package io.dragoman.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A column as the curators describe it.
 *
 * @param name          the column's name, as the database spells it
 * @param type          the native type name, such as {@code varchar(50)} or {@code symbol}; null when unknown
 * @param description   what the column means; null when nobody said
 * @param nullable      whether values can be missing
 * @param primaryKey    whether the column is (part of) the table's primary key
 * @param synonyms      other words for the column, never null
 * @param sampleValues  values that occur in the column, as text, never null; all distinct values when there are few
 * @param distinctCount how many distinct values there are; null when not counted
 */
public record ColumnDefinition(String name, String type, String description, boolean nullable, boolean primaryKey,
        List<String> synonyms, List<String> sampleValues, Long distinctCount) {

    /** Copies the lists and replaces null by the empty list. */
    public ColumnDefinition {
        synonyms = synonyms == null ? List.of() : List.copyOf(synonyms);
        sampleValues = sampleValues == null ? List.of() : List.copyOf(sampleValues);
    }

    /** The kind of the column's values, read from {@link #type()}. */
    @JsonIgnore
    public DataType dataType() {
        return DataType.of(type);
    }
}
