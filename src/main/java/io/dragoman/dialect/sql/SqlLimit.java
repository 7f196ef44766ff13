package io.dragoman.dialect.sql;

import io.dragoman.dialect.Inspection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;

/** Lets a query give only some of its rows: by a LIMIT at its end where none is yet, or around it as a subquery. */
record SqlLimit(SqlParse parse) implements Inspection.Rows {

    /**
     * @throws IllegalArgumentException when the query cannot be read, or the numbers are not what they must be
     */
    @Override
    public String limited(int limit, int offset) {
        if (limit <= 0 || offset < 0) {
            throw new IllegalArgumentException("The limit must be positive and the offset not negative");
        }
        if (parse.select() == null) {
            throw new IllegalArgumentException(parse.finding().message());
        }
        String clause = clause(limit, offset);
        Long own = ownLimit(parse.select());
        if (offset == 0 && own != null && own <= limit) {
            return parse.query();
        }
        return unlimited(parse.select()) ? parse.query() + clause
                : "SELECT * FROM (\n" + parse.query() + "\n) AS page" + clause;
    }

    /**
     * The same, with what has no order of its own put in the order of its columns.
     *
     * @param columns positions, from 1, of the columns to sort by
     */
    @Override
    public String page(int limit, int offset, List<Integer> columns) {
        String whole = limited(limit, offset);
        Select select = parse.select();
        if (columns.isEmpty() || select instanceof PlainSelect plain && plain.getDistinct() != null
                && plain.getDistinct().getOnSelectItems() != null) {
            return whole;
        }
        String order = columns.stream().map(String::valueOf).collect(Collectors.joining(", "));
        List<OrderByElement> own = select.getOrderByElements();
        boolean ordered = own != null && !own.isEmpty();
        if (ordered && own.get(0).toString().toUpperCase(Locale.ROOT).startsWith("ALL")) {
            return whole;
        }
        String keys = (ordered ? "\n, " : "\nORDER BY ") + order;
        if (unlimited(select)) {
            return parse.query() + keys + clause(limit, offset);
        }
        Long rows = ownLimit(select);
        Long skipped = ownOffset(select);
        int end = rows == null || skipped == null ? -1 : startOfLimit();
        if (end >= 0) {
            return parse.query().substring(0, end) + keys
                    + clause((int) Math.max(0, Math.min(limit, rows - offset)), skipped + offset);
        }
        return plain(select) ? "SELECT * FROM (\n" + parse.query() + "\n) AS page\nORDER BY " + order + clause(limit, offset)
                : whole;
    }

    private static String clause(int limit, long offset) {
        return "\nLIMIT " + limit + (offset == 0 ? "" : " OFFSET " + offset);
    }

    /** The constant number of rows that the query leaves out first; null when it is none. */
    private static Long ownOffset(Select select) {
        Expression rows = select.getOffset() != null ? select.getOffset().getOffset()
                : select.getLimit() != null ? select.getLimit().getOffset() : null;
        if (rows == null) {
            return 0L;
        }
        return rows instanceof LongValue constant && constant.getStringValue().length() <= 9 ? constant.getValue() : null;
    }

    /** Where in the query its own LIMIT or OFFSET begins; -1 when that is not known. */
    private int startOfLimit() {
        if (parse.select().getFetch() != null || !(parse.select() instanceof PlainSelect
                || parse.select() instanceof SetOperationList)) {
            return -1;
        }
        int depth = 0;
        int limit = -1;
        int offset = -1;
        for (Token token = parse.first(); token != null && token.image != null; token = token.next) {
            String word = token.image.toUpperCase(Locale.ROOT);
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0) {
                limit = word.equals("LIMIT") ? token.absoluteBegin : limit;
                offset = word.equals("OFFSET") ? token.absoluteBegin : offset;
            }
        }
        int begin = parse.select().getOffset() != null && offset >= 0 ? Math.min(limit, offset) : limit;
        return limit < 0 ? -1 : begin - parse.first().absoluteBegin;
    }

    /** The constant number of rows that the query limits itself to; null when there is none. */
    static Long ownLimit(Select select) {
        Limit limit = select.getLimit();
        Expression rows = limit == null ? null : limit.getRowCount();
        if (!(rows instanceof LongValue constant) || constant.getStringValue().length() > 18) {
            return null;
        }
        return constant.getValue();
    }

    private static boolean unlimited(Select select) {
        if (!plain(select)) {
            return false;
        }
        if (select instanceof SetOperationList list) {
            return list.getSelects().stream().allMatch(member -> member instanceof ParenthesedSelect || plain(member));
        }
        return select instanceof PlainSelect;
    }

    private static boolean plain(Select select) {
        return select.getLimit() == null && select.getOffset() == null && select.getFetch() == null;
    }
}
