package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.List;
import java.util.Set;

/**
 * The group that each row itself belongs to and that an aggregate is taken over: <i>the average price of their category</i>,
 * <i>the highest salary in the same department</i>, <i>their team's average</i>.
 *
 * @param column what the rows of the group have in common; null when nothing relates the noun to the rows
 * @param noun   the unit that names the group
 * @param next   the unit behind it
 */
record OwnGroup(ColumnNode column, Link noun, int next) {

    private static final Set<String> OWN = Set.of("their", "its", "his", "her", "same", "respective");
    private static final Set<String> FILLING = Set.of("the", "of", "own", "same", "respective", "corresponding", "among", "amongst", "any", "each");

    /**
     * The group that is named behind an aggregate.
     *
     * @param from the unit behind the aggregate and its column
     * @param rows the table of the rows that are compared
     * @return null when no group is named
     */
    static OwnGroup behind(Clause clause, int from, TableNode rows) {
        boolean own = false;
        int k = from;
        while (k < clause.units.size() && k < from + 6 && !own(clause, k)) {
            Link unit = clause.at(k);
            boolean leads = unit.is(Kind.PREPOSITION, Kind.BETWEEN, Kind.EACH, Kind.TABLE, Kind.POSSESSIVE) || unit.kind() == Kind.WORD
                    && (FILLING.contains(unit.text()) || Words.stop(unit.text()));
            if (!leads || unit.kind() == Kind.TABLE && unit.table() != rows) {
                break;
            }
            k++;
        }
        while (own(clause, k) || own && clause.at(k).is(Kind.HAVE, Kind.WORD, Kind.DISTINCT) && FILLING.contains(clause.wordAt(k))) {
            own = true;
            k++;
        }
        return own ? named(clause, k, rows) : null;
    }

    /** The group that is named right before an aggregate, as in <i>above their category's average</i>; null for none. */
    static OwnGroup before(Clause clause, int at, TableNode rows) {
        Link noun = clause.at(at);
        int next = clause.at(at + 1).kind() == Kind.POSSESSIVE ? at + 2 : at + 1;
        boolean leads = noun.is(Kind.COLUMN, Kind.TABLE) && clause.at(next).kind() == Kind.AGGREGATE && noun.table() != null;
        OwnGroup group = leads ? named(clause, at, rows) : null;
        return group == null || group.column == null ? null : new OwnGroup(group.column, noun, next);
    }

    private static boolean own(Clause clause, int k) {
        return clause.at(k).kind() == Kind.WORD && OWN.contains(clause.at(k).text());
    }

    private static OwnGroup named(Clause clause, int k, TableNode rows) {
        Link noun = clause.at(k);
        return noun.start() < 0 ? null : new OwnGroup(noun.is(Kind.COLUMN, Kind.TABLE) ? key(clause.graph, noun, rows) : null, noun, k + 1);
    }

    /** What rows have in common that are of the same such thing; null when a row can have several of them, or none is known. */
    private static ColumnNode key(JoinGraph graph, Link noun, TableNode rows) {
        TableNode table = noun.table();
        ColumnNode column = noun.column();
        if (table == rows) {
            return column == null || column.measure() || column == rows.key() ? null : column;
        }
        List<JoinGraph.Edge> path = graph.path(List.of(rows), table);
        if (path == null || path.isEmpty() || path.stream().anyMatch(edge -> !edge.manyToOne() || edge.asOf())) {
            return null;
        }
        boolean whole = column == null || column == table.key() || table.display().contains(column);
        JoinGraph.Edge last = path.get(path.size() - 1);
        if (whole && path.size() == 1 && last.left().size() == 1) {
            return last.left().get(0);
        }
        return whole ? table.key() : column;
    }
}
