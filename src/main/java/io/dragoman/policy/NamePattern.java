package io.dragoman.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.dragoman.dialect.QueryFeatures.ColumnRead;
import io.dragoman.dialect.QueryFeatures.TableRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names tables or columns: parts with dots between, {@code *} in them for any characters, without regard to case. Names are
 * compared part by part from the right. A part that the pattern leaves out matches anything; one that the query leaves out,
 * such as the schema, matches too, unless all that the pattern says of the table is {@code *}. A query over all tables whose
 * names begin the same (BigQuery's {@code events_*}) reads each of them.
 */
public final class NamePattern {

    private static final int LONGEST = 200;
    private static final int MOST_STARS = 10;

    private final String text;
    private final List<Glob> table;
    private final Glob column;

    private NamePattern(String text, List<Glob> table, Glob column) {
        this.text = text;
        this.table = table;
        this.column = column;
    }

    /**
     * A pattern of tables, such as {@code salaries}, {@code hr.*} or {@code *_log}.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    static NamePattern table(String text) {
        return new NamePattern(text, globs(text, "a table"), null);
    }

    /**
     * A pattern of columns, such as {@code people.ssn}, {@code hr.people.*} or {@code *.password}; a single part is a column of
     * any table.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    static NamePattern column(String text) {
        List<Glob> parts = globs(text, "a column");
        Glob column = parts.get(parts.size() - 1);
        return new NamePattern(text, parts.size() == 1 ? List.of(new Glob("*")) : parts.subList(0, parts.size() - 1), column);
    }

    private static List<Glob> globs(String text, String thing) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new IllegalArgumentException("has to name " + thing + " in at most " + LONGEST + " characters with at most "
                    + MOST_STARS + " stars");
        }
        List<Glob> globs = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            if (part.isBlank() || !part.equals(part.strip()) || part.chars().anyMatch(c -> c < ' ' || "\"'`[]".indexOf(c) >= 0)) {
                throw new IllegalArgumentException("has to be names with dots between, without quotes and blanks around them");
            }
            globs.add(new Glob(part));
        }
        if (globs.size() > 4) {
            throw new IllegalArgumentException("has more than four parts");
        }
        return List.copyOf(globs);
    }

    /** Whether the pattern names that table, by its name in the query or in the schema group. */
    boolean matches(TableRead read) {
        return matchesName(read.written()) || read.name() != null && matchesName(read.name());
    }

    /** Whether the pattern names a table of that name. */
    boolean matchesName(String name) {
        List<String> parts = Arrays.asList(name.split("\\."));
        boolean leftOut = parts.size() < table.size();
        if (leftOut && table.get(table.size() - 1).any()) {
            return false;
        }
        for (int i = 1; i <= Math.min(parts.size(), table.size()); i++) {
            Glob glob = table.get(table.size() - i);
            String part = parts.get(parts.size() - i);
            if (!(i == 1 && part.endsWith("*") ? glob.mayBegin(part.substring(0, part.length() - 1)) : glob.matches(part))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the pattern names that column. Whole rows count when the table is named without a star, when its columns are not
     * known, or when one of those that are known is named.
     */
    boolean matches(ColumnRead read) {
        if (!matches(read.table())) {
            return false;
        }
        if (!read.all()) {
            return column.matches(read.column());
        }
        return read.table().columns() == null || table.stream().allMatch(Glob::exact)
                || read.table().columns().stream().anyMatch(column::matches);
    }

    /** The pattern as it was written. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern pattern && text.equals(pattern.text)
                && (column == null) == (pattern.column == null);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
