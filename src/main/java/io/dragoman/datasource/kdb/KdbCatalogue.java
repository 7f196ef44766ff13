package io.dragoman.datasource.kdb;

import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the tables of a kdb+ process: their columns, types and keys, how many rows, and which symbols. */
final class KdbCatalogue {

    private static final int LONGEST_SAMPLE = 100;

    private final KdbConnector connector;
    private final DragomanProperties.Introspection limits;
    private final boolean sampleValues;
    private final long deadline;

    KdbCatalogue(KdbConnector connector, DragomanProperties.Introspection limits, boolean sampleValues) {
        this.connector = connector;
        this.limits = limits;
        this.sampleValues = sampleValues;
        this.deadline = System.nanoTime() + limits.timeout().toNanos();
    }

    Connector.Catalogue read() {
        String partition = symbols(required("$[`pf in key`.Q;.Q.pf;`]")).stream().findFirst().orElse("");
        List<String> partitioned = partition.isEmpty() ? List.of() : symbols(required("$[`pt in key`.Q;.Q.pt;`$()]"));
        List<TableDefinition> tables = new ArrayList<>();
        for (String name : symbols(required("tables[]"))) {
            if (tables.size() < limits.maxTables() && plain(name)) {
                tables.add(define(name, partitioned.contains(name) ? partition : null));
            }
        }
        return new Connector.Catalogue(tables, List.of());
    }

    private long left() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private QValue required(String query) {
        return connector.ask(query, Connector.Limits.of(1, Math.max(1_000, left())));
    }

    /** What a query that counts or samples gives; null when it failed or the time is over. */
    private QValue optional(String query) {
        if (System.nanoTime() - deadline >= 0) {
            return null;
        }
        try {
            return connector.ask(query, Connector.Limits.of(1, left()));
        } catch (Connector.QueryFailedException | Connector.QueryTimeoutException e) {
            return null;
        }
    }

    /** Names are put into queries, and so must be plain. */
    private static boolean plain(String name) {
        return !name.isEmpty() && name.length() <= 200 && Character.isLetter(name.charAt(0))
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.'));
    }

    private static List<String> symbols(QValue value) {
        Vector list = value instanceof Atom atom ? atom.cell() : value instanceof Vector vector ? vector : null;
        List<String> names = new ArrayList<>();
        for (int i = 0; list instanceof Names && i < list.size(); i++) {
            names.add(((Names) list).name(i));
        }
        return names;
    }

    /** @param partition the column that the table's files are parted by; null for none */
    private TableDefinition define(String name, String partition) {
        List<String> keys = symbols(required("keys " + name));
        QValue meta = required("0!meta " + name);
        if (!(meta instanceof Table table) || !(table.columns().get("c") instanceof Names names)
                || !(table.columns().get("t") instanceof Text types) || names.size() != types.size()) {
            throw new Connector.QueryFailedException("meta of " + name + " is not what kdb+ gives", null);
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            char letter = types.text().charAt(i);
            List<String> values = letter == 's' && sampleValues ? distinct(name, names.name(i), partition) : null;
            columns.add(new ColumnDefinition(names.name(i), type(letter), names.name(i).equals(partition)
                    ? "The partition: conditions on it come first" : null, !keys.contains(names.name(i)),
                    keys.contains(names.name(i)), List.of(), values == null ? null
                            : values.stream().filter(value -> value.length() <= LONGEST_SAMPLE).toList(),
                    values == null ? null : (long) values.size()));
        }
        Long rows = optional("count " + name) instanceof Atom atom && atom.cell() instanceof Longs count ? (Long) count.get(0) : null;
        return new TableDefinition(null, null, name, null, List.of(), columns, rows);
    }

    private static String type(char letter) {
        if (letter == 'C') {
            return "string";
        }
        QType type = QType.of(Character.toLowerCase(letter));
        return type == null || type == QType.MIXED ? "list" : type.title() + (Character.isUpperCase(letter) ? "[]" : "");
    }

    /** The distinct symbols, of the last partition where there are several; null when there are too many or the time is over. */
    private List<String> distinct(String table, String column, String partition) {
        if (!plain(column)) {
            return null;
        }
        String of = partition == null ? "" : " where " + partition + "=last .Q.pv";
        QValue found = optional((limits.maxDistinct() + 1) + " sublist exec distinct " + column + " from select distinct " + column
                + " from " + table + of);
        List<String> values = symbols(found).stream().filter(value -> !value.isEmpty()).sorted().toList();
        return found == null || values.size() > limits.maxDistinct() ? null : values;
    }
}
