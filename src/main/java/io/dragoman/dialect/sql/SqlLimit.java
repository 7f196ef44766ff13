package io.dragoman.dialect.sql;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;

/** Lets a query give only some of its rows: by a LIMIT at its end where none is yet, or around it as a subquery. */
final class SqlLimit {

    private SqlLimit() {
    }

    /**
     * @throws IllegalArgumentException when the query cannot be read, or the numbers are not what they must be
     */
    static String apply(SqlParse parse, int limit, int offset) {
        if (limit <= 0 || offset < 0) {
            throw new IllegalArgumentException("The limit must be positive and the offset not negative");
        }
        if (parse.select() == null) {
            throw new IllegalArgumentException(parse.finding().message());
        }
        String clause = "\nLIMIT " + limit + (offset == 0 ? "" : " OFFSET " + offset);
        Long own = ownLimit(parse.select());
        if (offset == 0 && own != null && own <= limit) {
            return parse.query();
        }
        return unlimited(parse.select()) ? parse.query() + clause
                : "SELECT * FROM (\n" + parse.query() + "\n) AS page" + clause;
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
