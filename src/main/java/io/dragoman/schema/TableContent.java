package io.dragoman.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of a table counts as its content, for telling changes and for full-text search. */
final class TableContent {

    /** PostgreSQL refuses a tsvector over 1 MiB; this many characters a weight stay well below. */
    private static final int WEIGHT_CHARACTERS = 50_000;
    private static final Pattern WORD_BOUNDARY = Pattern.compile("[_.\\s-]+|(?<=[a-z0-9])(?=[A-Z])");

    private TableContent() {
    }

    /** SHA-256, in hexadecimal, of everything but counts of rows and distinct values. */
    static String hash(TableDefinition table) {
        List<ColumnDefinition> columns = table.columns().stream()
                .map(column -> new ColumnDefinition(column.name(), column.type(), column.description(),
                        column.nullable(), column.primaryKey(), column.synonyms(), column.sampleValues(), null))
                .toList();
        String text = SchemaRows.json(List.of(table.name(), String.valueOf(table.description()), table.synonyms(),
                columns));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The texts of full-text weights A to D: names, column names, descriptions, sample values. */
    static List<String> searchTexts(TableDefinition table) {
        List<String> names = new ArrayList<>(List.of(table.name(), words(table.name())));
        names.addAll(table.synonyms());
        List<String> columnNames = new ArrayList<>();
        List<String> descriptions = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (table.description() != null) {
            descriptions.add(table.description());
        }
        for (ColumnDefinition column : table.columns()) {
            columnNames.add(column.name());
            columnNames.add(words(column.name()));
            columnNames.addAll(column.synonyms());
            if (column.description() != null) {
                descriptions.add(column.description());
            }
            values.addAll(column.sampleValues());
        }
        return List.of(text(names), text(columnNames), text(descriptions), text(values));
    }

    private static String words(String name) {
        return WORD_BOUNDARY.splitAsStream(name).collect(Collectors.joining(" "));
    }

    private static String text(List<String> parts) {
        String joined = String.join(" \n", parts);
        return joined.length() <= WEIGHT_CHARACTERS ? joined : joined.substring(0, endBeforePair(joined));
    }

    private static int endBeforePair(String text) {
        return Character.isHighSurrogate(text.charAt(WEIGHT_CHARACTERS - 1)) ? WEIGHT_CHARACTERS - 1
                : WEIGHT_CHARACTERS;
    }
}
