package io.dragoman.policy;

import io.dragoman.security.AuditLog;
import io.dragoman.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The versions of the policy that were edited, in the server's own database. */
@Component
class PolicyStore {

    private static final String COLUMNS = "version, content, changed_by, comment, restored, changed_at";

    private final JdbcClient database;
    private final AuditLog audit;

    PolicyStore(JdbcClient database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
    }

    /** The number of the latest version; 0 when nobody edited the policy. */
    long latestVersion() {
        return database.sql("SELECT coalesce(max(version), 0) FROM policy_versions").query(Long.class).single();
    }

    Optional<PolicyVersion> find(long version) {
        return database.sql("SELECT " + COLUMNS + " FROM policy_versions WHERE version = ?").param(version)
                .query(PolicyStore::read).optional();
    }

    /** The latest first. */
    List<PolicyVersion> list(int limit, int offset) {
        return database.sql("SELECT " + COLUMNS + " FROM policy_versions ORDER BY version DESC LIMIT ? OFFSET ?")
                .params(limit, offset).query(PolicyStore::read).list();
    }

    /**
     * Adds the version after the one that was read, and an entry to the audit log with it.
     *
     * @return false when somebody else was faster
     */
    @Transactional
    public boolean add(long before, String content, Caller caller, String comment, Long restored) {
        boolean added = database.sql("""
                INSERT INTO policy_versions (version, content, changed_by, user_id, comment, restored)
                SELECT ?, ?, ?, ?, ?, ? WHERE (SELECT coalesce(max(version), 0) FROM policy_versions) = ? ON CONFLICT DO NOTHING
                """).params(before + 1, content, caller.name(), caller.userId(), comment, restored, before).update() == 1;
        if (added) {
            audit.changed("policy.changed", "version " + (before + 1), restored == null ? Map.of() : Map.of("restored", restored));
        }
        return added;
    }

    private static PolicyVersion read(ResultSet row, int number) throws SQLException {
        return new PolicyVersion(row.getLong("version"), row.getString("content"), row.getString("changed_by"),
                row.getString("comment"), row.getObject("restored", Long.class), row.getTimestamp("changed_at").toInstant());
    }
}
