package io.dragoman.schema.search;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What the embedding model reads of a table: its name, what it is for and its columns, in words.
 *
 * @param text at most {@link #LONGEST} characters, as sentence models read no further than some hundred tokens
 * @param hash SHA-256 of the text, in hexadecimal
 */
record TableText(String text, String hash) {

    private static final int LONGEST = 2_000;

    static TableText of(TableDefinition table) {
        StringBuilder text = new StringBuilder(words(table.name()));
        if (!table.synonyms().isEmpty()) {
            text.append(", also ").append(String.join(", ", table.synonyms()));
        }
        if (table.description() != null) {
            text.append(". ").append(table.description());
        }
        List<String> columns = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            columns.add(words(column.name()));
        }
        text.append(": ").append(String.join(", ", columns));
        return of(text.length() > LONGEST ? text.substring(0, LONGEST) : text.toString());
    }

    private static TableText of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new TableText(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String words(String identifier) {
        return String.join(" ", Words.of(identifier));
    }
}
