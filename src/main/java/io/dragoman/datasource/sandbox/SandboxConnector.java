package io.dragoman.datasource.sandbox;

import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QResults;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.q.QParse;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.TableDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Runs q on a sample world held in memory. Nothing can be written, as there is nothing that writes. */
public final class SandboxConnector implements Connector {

    /** What the address of a sandbox starts with; the name of its world follows. */
    public static final String PREFIX = "kdb-sandbox:";
    /** The worlds there are. */
    public static final List<String> WORLDS = List.of("markets");

    private final DragomanProperties properties;
    private final Clock clock;
    private Made made;

    /** @param clock what {@code .z.d} and {@code .z.p} are, in UTC */
    public SandboxConnector(DragomanProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    private record Made(LocalDate day, World world) {
    }

    private synchronized World world(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (made == null || !made.day().equals(today)) {
            made = new Made(today, MarketsWorld.on(today));
        }
        return made.world();
    }

    @Override
    public boolean stream(String query, Limits limits, RowSink sink) {
        return QResults.stream(evaluate(query, limits), limits, sink);
    }

    private QValue evaluate(String query, Limits limits) {
        QParse parse = QParse.of(query);
        if (parse.tree() == null) {
            throw new QueryFailedException(parse.finding().message(), null);
        }
        Instant now = clock.instant();
        try {
            return new Interpreter(world(now), now, new Budget(limits)).evaluate(parse.tree());
        } catch (QError e) {
            throw new QueryFailedException(e.getMessage() + place(query, e.offset()), e);
        } catch (StackOverflowError e) {
            throw new QueryFailedException("the query nests too deep for the sandbox", e);
        }
    }

    private static String place(String query, int offset) {
        if (offset < 0) {
            return " (in the q sandbox, which is no kdb+)";
        }
        Finding.Position position = Finding.Position.of(query, offset);
        String rest = query.substring(position.offset(), Math.min(query.length(), position.offset() + 30));
        return " (line " + position.line() + ", column " + position.column() + ", at '" + rest
                + "', in the q sandbox, which is no kdb+)";
    }

    /** Runs the query, as its tables are small: what the sandbox cannot evaluate is known before it is asked to. */
    @Override
    public String check(String query, long timeoutMs) {
        try {
            evaluate(query, Limits.of(1, timeoutMs));
            return null;
        } catch (QueryFailedException e) {
            return e.getMessage();
        }
    }

    @Override
    public Catalogue introspect(boolean sampleValues) {
        List<TableDefinition> tables = new ArrayList<>();
        world(clock.instant()).tables().forEach((name, table) -> tables.add(define(name, table, sampleValues)));
        return new Catalogue(tables, List.of());
    }

    private TableDefinition define(String name, Table table, boolean sampleValues) {
        List<ColumnDefinition> columns = new ArrayList<>();
        table.columns().forEach((column, list) -> {
            boolean text = list.type() == QType.SYMBOL || list.type() == QType.MIXED;
            List<String> values = sampleValues && text ? distinct(list) : null;
            columns.add(new ColumnDefinition(column, text && list.type() == QType.MIXED ? "string" : list.type().title(), null,
                    true, false, List.of(), values, values == null ? null : (long) values.size()));
        });
        return new TableDefinition(null, null, name, null, List.of(), columns, (long) table.rows());
    }

    /** The distinct texts; null when there are too many. */
    private List<String> distinct(Vector list) {
        TreeSet<String> values = new TreeSet<>();
        for (int i = 0; i < list.size() && values.size() <= properties.introspection().maxDistinct(); i++) {
            Object value = QFormat.java(list, i);
            if (value != null) {
                values.add(value.toString());
            }
        }
        return values.size() > properties.introspection().maxDistinct() ? null : List.copyOf(values);
    }

    @Override
    public void ping() {
        evaluate("1", Limits.of(1, 1_000));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
