package io.dragoman.schema;

import io.dragoman.cluster.Changes;
import io.dragoman.security.AuditLog;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes one schema group at a time: locks its row, does the work, counts the version up, and tells who listens once the
 * change is committed. Work that throws changes nothing. Curators only; every change is in the audit log.
 */
@Component
class GroupTransaction {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Changes changes;
    private final AuditLog audit;

    GroupTransaction(JdbcClient jdbc, PlatformTransactionManager transactions, Changes changes, AuditLog audit) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.changes = changes;
        this.audit = audit;
    }

    /** Does work that changes the group. */
    <T> T change(GroupKey group, Function<GroupKey, T> work) {
        return change(group, work, result -> true);
    }

    /** Does work that may change the group, and says by its result whether it did. */
    <T> T change(GroupKey group, Function<GroupKey, T> work, Predicate<T> changed) {
        CurrentCall.current().require(Role.CURATOR);
        return transaction.execute(status -> {
            T result = work.apply(lock(group));
            if (changed.test(result)) {
                String operation = CurrentCall.get().operation();
                audit.changed("schema_group.changed", group.name(), operation == null ? Map.of() : Map.of("by", operation));
                jdbc.sql("UPDATE schema_groups SET version = version + 1, updated_at = now() WHERE id = ?")
                        .param(group.id()).update();
                announce(group.name());
            }
            return result;
        });
    }

    /** Does work in a transaction that itself says what changed, by {@link #announce}. */
    <T> T inTransaction(Supplier<T> work) {
        CurrentCall.current().require(Role.CURATOR);
        return transaction.execute(status -> work.get());
    }

    /** Tells all servers after the present transaction is committed, once however often it changed the group. */
    void announce(String groupName) {
        changes.publish(GroupNews.KIND, groupName);
    }

    private GroupKey lock(GroupKey group) {
        return jdbc.sql("SELECT id, name FROM schema_groups WHERE id = ? FOR UPDATE").param(group.id())
                .query((row, number) -> new GroupKey(row.getObject(1, UUID.class), row.getString(2))).optional()
                .orElseThrow(() -> GroupKey.notFound(group.name()));
    }
}
