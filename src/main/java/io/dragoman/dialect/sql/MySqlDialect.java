package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryLimits;
import io.dragoman.dialect.sql.Lexis.Habit;
import io.dragoman.dialect.sql.NameRules.Headings;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** MySQL 8 and MariaDB. */
@Component
public final class MySqlDialect extends SqlDialect {

    /** Makes the dialect with the limits that hold when nothing is configured. */
    public MySqlDialect() {
        this(QueryLimits.DEFAULT);
    }

    /** Makes the dialect; it has no state. */
    @Autowired
    public MySqlDialect(QueryLimits limits) {
        super("mysql", new MySqlSyntax(), Lexis.of(Habit.HASH_COMMENTS, Habit.DASHES_NEED_A_BLANK,
                Habit.PERHAPS_BACKSLASHES, Habit.DOUBLE_QUOTED_TEXTS), limits,
                new SafetyRules(new SyntaxTree("sql-nodes.txt", "mysql-nodes.txt"), new FunctionList("mysql-functions.txt"),
                        Set.of(), Set.of("innodb_"), Set.of("information_schema", "performance_schema", "mysql", "sys"),
                        Set.of("current_user", "session_user", "system_user", "binary"), false, false),
                new NameRules(false, false, false, Headings.HAVING, false, Set.of()));
    }
}
