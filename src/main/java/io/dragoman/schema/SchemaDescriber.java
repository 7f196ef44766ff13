package io.dragoman.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Describes schema groups to people, as sentences and Markdown lists. Stateless. */
@Component
public class SchemaDescriber {

    private static final int MOST_TABLES = 50;
    private static final int MOST_COLUMNS = 60;
    private static final int MOST_SAMPLES = 5;

    /**
     * Answers a question about the schema: the tables that it names with their columns, keys and relationships, or all
     * tables when it names none.
     *
     * @param group    the schema group
     * @param question in plain language
     * @return Markdown: sentences and lists, no HTML
     */
    public String describe(SchemaGroup group, String question) {
        List<TableDefinition> named = named(group, words(question));
        if (named.size() == 1) {
            return table(group, named.get(0));
        }
        if (named.size() == 2 && asksForTies(question)) {
            return ties(group, named.get(0), named.get(1));
        }
        if (!named.isEmpty() && named.size() <= 4) {
            return named.stream().map(table -> table(group, table)).collect(Collectors.joining("\n\n"));
        }
        return tables(group);
    }

    private static boolean asksForTies(String question) {
        String lower = question.toLowerCase(Locale.ROOT);
        return lower.contains("relat") || lower.contains("join") || lower.contains("link") || lower.contains("connect");
    }

    private static String tables(SchemaGroup group) {
        StringBuilder text = new StringBuilder("The schema group **").append(name(group.name())).append("** has ")
                .append(count(group.tables().size(), "table"));
        if (group.definitions().size() > 1) {
            text.append(" in ").append(count(group.definitions().size(), "database"));
        }
        text.append(group.description() == null || group.description().isBlank() ? ":" : ": " + line(group.description()));
        for (TableDefinition table : group.tables().subList(0, Math.min(MOST_TABLES, group.tables().size()))) {
            text.append("\n- **").append(name(table.name())).append("**");
            if (group.definitions().size() > 1) {
                text.append(" (").append(name(table.definition())).append(")");
            }
            text.append(": ").append(count(table.columns().size(), "column"));
            if (table.rowCount() != null) {
                text.append(", ").append(count(table.rowCount(), "row"));
            }
            text.append(described(table.description()));
        }
        if (group.tables().size() > MOST_TABLES) {
            text.append("\n\nThese are the first ").append(MOST_TABLES).append("; ask for a table by name to see it.");
        }
        return text.toString();
    }

    private static String table(SchemaGroup group, TableDefinition table) {
        StringBuilder text = new StringBuilder("The table **").append(name(table.name())).append("**");
        if (group.definitions().size() > 1) {
            text.append(" of ").append(name(table.definition()));
        }
        text.append(" has ").append(count(table.columns().size(), "column"));
        if (table.rowCount() != null) {
            text.append(" and ").append(count(table.rowCount(), "row"));
        }
        text.append(table.description() == null || table.description().isBlank() ? ":"
                : ". " + line(table.description()));
        for (ColumnDefinition column : table.columns().subList(0, Math.min(MOST_COLUMNS, table.columns().size()))) {
            text.append("\n- `").append(name(column.name())).append("`");
            List<String> facts = new ArrayList<>();
            if (column.type() != null) {
                facts.add(name(column.type()));
            }
            if (column.primaryKey()) {
                facts.add("primary key");
            }
            if (!facts.isEmpty()) {
                text.append(" (").append(String.join(", ", facts)).append(")");
            }
            text.append(described(column.description()));
            if (!column.sampleValues().isEmpty()) {
                text.append(", such as ").append(column.sampleValues().stream().limit(MOST_SAMPLES)
                        .map(SchemaDescriber::line).collect(Collectors.joining(", ")));
            }
        }
        if (table.columns().size() > MOST_COLUMNS) {
            text.append("\n- and ").append(count(table.columns().size() - MOST_COLUMNS, "more column"));
        }
        List<String> ties = group.relationships().stream()
                .filter(tie -> tie.sourceTable().equalsIgnoreCase(table.name())
                        || tie.targetTable().equalsIgnoreCase(table.name()))
                .map(SchemaDescriber::tie).toList();
        if (!ties.isEmpty()) {
            text.append("\n\nIt is related to other tables by\n- ").append(String.join("\n- ", ties));
        }
        return text.toString();
    }

    private static String ties(SchemaGroup group, TableDefinition first, TableDefinition second) {
        List<String> direct = group.relationships().stream()
                .filter(tie -> joins(tie, first, second) || joins(tie, second, first)).map(SchemaDescriber::tie).toList();
        String names = "**" + name(first.name()) + "** and **" + name(second.name()) + "**";
        if (!direct.isEmpty()) {
            return names + " are related by\n- " + String.join("\n- ", direct);
        }
        Optional<String> between = group.tables().stream()
                .filter(table -> tied(group, first, table) && tied(group, table, second)).map(TableDefinition::name)
                .findFirst();
        return names + between.map(table -> " are related through **" + name(table) + "**.")
                .orElse(" have no direct relationship.");
    }

    private static boolean tied(SchemaGroup group, TableDefinition first, TableDefinition second) {
        return group.relationships().stream().anyMatch(tie -> joins(tie, first, second) || joins(tie, second, first));
    }

    private static boolean joins(Relationship tie, TableDefinition source, TableDefinition target) {
        return tie.sourceTable().equalsIgnoreCase(source.name()) && tie.targetTable().equalsIgnoreCase(target.name());
    }

    private static String tie(Relationship tie) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < tie.sourceColumns().size() && i < tie.targetColumns().size(); i++) {
            pairs.add("`" + name(tie.sourceTable()) + "." + name(tie.sourceColumns().get(i)) + "` = `"
                    + name(tie.targetTable()) + "." + name(tie.targetColumns().get(i)) + "`");
        }
        return String.join(" and ", pairs) + (tie.type() == null ? "" : " (" + tie.type().replace('_', ' ') + ")");
    }

    /** The tables whose name, or a synonym of it, stands in the question, in the order they stand. */
    private static List<TableDefinition> named(SchemaGroup group, List<String> question) {
        record At(TableDefinition table, int at, int length) {
        }
        List<At> found = new ArrayList<>();
        for (TableDefinition table : group.tables()) {
            List<String> names = new ArrayList<>(table.synonyms());
            names.add(table.name());
            names.add(table.name().substring(table.name().lastIndexOf('.') + 1));
            names.stream().map(SchemaDescriber::words).filter(words -> !words.isEmpty())
                    .map(words -> new At(table, Collections.indexOfSubList(question, words), words.size()))
                    .filter(at -> at.at() >= 0)
                    .max(Comparator.comparingInt(At::length)).ifPresent(found::add);
        }
        return found.stream()
                .filter(one -> found.stream().noneMatch(other -> other.length() > one.length() && other.at() <= one.at()
                        && one.at() + one.length() <= other.at() + other.length()))
                .sorted(Comparator.comparingInt(At::at)).map(At::table).toList();
    }

    /** The words of a text or name in the singular and in lower case. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean hump = Character.isUpperCase(c) && !word.isEmpty()
                    && Character.isLowerCase(word.charAt(word.length() - 1));
            if (!Character.isLetterOrDigit(c) || hump) {
                if (!word.isEmpty()) {
                    words.add(singular(word.toString().toLowerCase(Locale.ROOT)));
                }
                word.setLength(0);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        return words;
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.substring(0, word.length() - 1) : word;
    }

    private static String described(String description) {
        return description == null || description.isBlank() ? "" : ": " + line(description);
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** A text on one line, at most 300 characters. */
    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").replace('<', '‹').replace('>', '›').trim();
        return line.length() > 300 ? line.substring(0, 299) + "…" : line;
    }

    private static String name(String name) {
        return line(name).replace('`', '\'');
    }
}
