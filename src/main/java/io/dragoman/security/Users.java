package io.dragoman.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.cluster.Changes;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people and programs that may call. Every change is in the audit log with it. Thread-safe. */
@Service
public class Users {

    /** So long a user or key is remembered; a change is seen sooner. */
    static final Duration SEEN_WITHIN = Duration.ofSeconds(3);

    private static final String CHANGES = "user";
    private static final String KIND = "user";
    private static final int LEAST_PASSWORD = 12;
    private static final int MOST_PASSWORD_BYTES = 72;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_NAMES = 1_000;
    private static final String SELECT = """
            SELECT id, name, roles, enabled, schema_groups, data_sources, must_change_password, external_id,
                   last_sign_in_at, created_at FROM users""";

    private static final int MADE_UP_BYTES = 15;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient database;
    private final PasswordEncoder passwords;
    private final AuditLog audit;
    private final Changes changes;
    private final Cache<UUID, Optional<User>> known = Caffeine.newBuilder().maximumSize(10_000)
            .expireAfterWrite(SEEN_WITHIN).build();

    Users(JdbcClient database, PasswordEncoder passwords, AuditLog audit, Changes changes) {
        this.database = database;
        this.passwords = passwords;
        this.audit = audit;
        this.changes = changes;
        changes.listen(CHANGES, change -> {
            if (change.key() == null) {
                known.invalidateAll();
            } else {
                known.invalidate(UUID.fromString(change.key()));
            }
        });
    }

    /** The user of that id, as of a few seconds ago at most; empty when there is none. */
    public Optional<User> find(UUID id) {
        return known.get(id, key -> database.sql(SELECT + " WHERE id = ?").param(key).query(Users::user).optional());
    }

    /**
     * The user of that id or unique name.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public User get(String idOrName) {
        return database.sql(SELECT + " WHERE id::text = lower(:key) OR name = :key").param("key", idOrName)
                .query(Users::user).optional().orElseThrow(() -> FailureException.notFound(KIND, idOrName));
    }

    /** Has what is known of a user read again, on other servers too, once the present transaction is committed. */
    void changed(UUID id) {
        changes.publish(CHANGES, id.toString());
    }

    /** Users in the order of their names. */
    public List<User> list(int limit, int offset) {
        return database.sql(SELECT + " ORDER BY name LIMIT ? OFFSET ?").params(limit, offset).query(Users::user).list();
    }

    /** How many users there are. */
    public long count() {
        return database.sql("SELECT count(*) FROM users").query(Long.class).single();
    }

    /**
     * Makes a user.
     *
     * @throws FailureException {@code VALIDATION_FAILED} for a name, password or scope that cannot be; {@code CONFLICT} when
     *                          the name is taken
     */
    @Transactional
    public User create(User.Draft draft) {
        String name = name(draft.name());
        Set<Role> roles = draft.roles() == null ? Set.of(Role.ASKER) : draft.roles();
        User.refuseScopedAdministrator(roles, draft.schemaGroups(), draft.dataSources());
        try {
            UUID id = database.sql("""
                    INSERT INTO users (name, password_hash, roles, enabled, schema_groups, data_sources)
                    VALUES (?, ?, ?, ?, ?, ?) RETURNING id""")
                    .params(name, hash(draft.password()), Columns.array(roles), !Boolean.FALSE.equals(draft.enabled()),
                            Columns.array(names("schema_groups", draft.schemaGroups())),
                            Columns.array(names("data_sources", draft.dataSources())))
                    .query(UUID.class).single();
            audit.changed("user.created", name, Map.of("roles", roles));
            return get(id.toString());
        } catch (DuplicateKeyException e) {
            throw FailureException.nameTaken(KIND, name);
        }
    }

    /**
     * Changes a user; what is null in the draft stays. The name stays.
     *
     * @throws FailureException {@code NOT_FOUND}; {@code VALIDATION_FAILED}; {@code CONFLICT} when no administrator would be
     *                          left
     */
    @Transactional
    public User change(String idOrName, User.Draft draft) {
        User before = get(idOrName);
        if (draft.name() != null && !draft.name().equals(before.name())) {
            throw FailureException.invalid("name", "The name of a user cannot be changed, as the audit log refers to it.");
        }
        boolean all = Boolean.TRUE.equals(draft.seesAll());
        Set<Role> roles = draft.roles() == null ? before.roles() : draft.roles();
        boolean enabled = draft.enabled() == null ? before.enabled() : draft.enabled();
        Set<String> groups = draft.schemaGroups() == null && !all ? before.schemaGroups() : draft.schemaGroups();
        Set<String> sources = draft.dataSources() == null && !all ? before.dataSources() : draft.dataSources();
        User.refuseScopedAdministrator(roles, groups, sources);
        database.sql("""
                UPDATE users SET roles = ?, enabled = ?, schema_groups = ?, data_sources = ?,
                    password_hash = coalesce(?, password_hash),
                    must_change_password = CASE WHEN ? THEN false ELSE must_change_password END, updated_at = now()
                WHERE id = ?""")
                .params(Columns.array(roles), enabled, Columns.array(names("schema_groups", groups)),
                        Columns.array(names("data_sources", sources)), hash(draft.password()),
                        draft.password() != null, before.id()).update();
        requireAnAdministrator();
        audit.changed("user.changed", before.name(), Map.of("roles", roles, "enabled", enabled, "password_changed",
                draft.password() != null));
        changes.publish(CHANGES, before.id().toString());
        return get(before.id().toString());
    }

    /**
     * Removes a user with the user's keys. Runs and conversations stay, for administrators to see.
     *
     * @throws FailureException {@code NOT_FOUND}; {@code CONFLICT} when no administrator would be left
     */
    @Transactional
    public void delete(String idOrName) {
        User gone = get(idOrName);
        database.sql("DELETE FROM users WHERE id = ?").param(gone.id()).update();
        requireAnAdministrator();
        audit.changed("user.deleted", gone.name(), Map.of());
        changes.publish(CHANGES, gone.id().toString());
    }

    /**
     * Changes the user's own password.
     *
     * @throws FailureException {@code VALIDATION_FAILED} when the present one is wrong, or the new one cannot be taken
     */
    @Transactional
    public void changePassword(UUID id, String present, String wanted) {
        String stored = database.sql("SELECT password_hash FROM users WHERE id = ? AND password_hash IS NOT NULL").param(id)
                .query(String.class).optional().orElseThrow(() -> FailureException.notFound(KIND, id.toString()));
        if (present == null || present.length() > MOST_PASSWORD_BYTES || !passwords.matches(present, stored)) {
            throw FailureException.invalid("password", "The present password is not right.");
        }
        if (present.equals(wanted)) {
            throw FailureException.invalid("new_password", "The new password has to be another one.");
        }
        database.sql("UPDATE users SET password_hash = ?, must_change_password = false, updated_at = now() WHERE id = ?")
                .params(hash(wanted), id).update();
        audit.changed("user.password_changed", CurrentCall.current().name(), Map.of());
        changes.publish(CHANGES, id.toString());
    }

    /**
     * Gives a user another password, to be changed at the next sign-in.
     *
     * @return the password, which can be read here and nowhere else
     * @throws FailureException {@code NOT_FOUND}; {@code CONFLICT} for a user who signs in elsewhere
     */
    @Transactional
    public String oneTimePassword(String idOrName) {
        User user = get(idOrName);
        if (user.external()) {
            throw new FailureException(ErrorCode.CONFLICT, "'" + user.name() + "' signs in at the identity provider.");
        }
        byte[] bytes = new byte[MADE_UP_BYTES];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.sql("UPDATE users SET password_hash = ?, must_change_password = true, updated_at = now() WHERE id = ?")
                .params(passwords.encode(password), user.id()).update();
        audit.changed("user.password_reset", user.name(), Map.of());
        changes.publish(CHANGES, user.id().toString());
        return password;
    }

    /** The user that owns what programs do with a built-in credential; made when it is not there, without a password. */
    User builtIn(String name, Set<Role> roles) {
        database.sql("INSERT INTO users (name, roles) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
                .params(name, Columns.array(roles)).update();
        return get(name);
    }

    private void requireAnAdministrator() {
        if (database.sql("SELECT count(*) FROM users WHERE enabled AND 'ADMIN' = ANY (roles) AND (password_hash IS NOT NULL"
                + " OR external_id IS NOT NULL)").query(Long.class).single() == 0) {
            throw new FailureException(ErrorCode.CONFLICT, "Then there would be no administrator left.");
        }
    }

    private String hash(String password) {
        if (password == null) {
            return null;
        }
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < LEAST_PASSWORD || bytes > MOST_PASSWORD_BYTES) {
            throw FailureException.invalid("password", "A password has " + LEAST_PASSWORD + " to " + MOST_PASSWORD_BYTES
                    + " characters.");
        }
        return passwords.encode(password);
    }

    private static String name(String name) {
        boolean fine = name != null && !name.isBlank() && name.length() <= LONGEST_NAME && name.chars().allMatch(
                c -> Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-' || c == '@');
        if (!fine) {
            throw FailureException.invalid("name", "'name' has to be 1 to " + LONGEST_NAME
                    + " letters, digits, '.', '_', '-' and '@'.");
        }
        return name;
    }

    /** Names of a scope, checked. */
    static Set<String> names(String field, Set<String> names) {
        if (names != null && (names.size() > MOST_NAMES || names.stream().anyMatch(
                name -> name == null || name.isBlank() || name.length() > 255 || name.indexOf('\0') >= 0))) {
            throw FailureException.invalid(field, "'" + field + "' has to be a list of at most " + MOST_NAMES
                    + " names of 1 to 255 characters.");
        }
        return names;
    }

    static User user(ResultSet row, int number) throws SQLException {
        return new User(row.getObject("id", UUID.class), row.getString("name"), Columns.roles(row, "roles"),
                row.getBoolean("enabled"), Columns.names(row, "schema_groups"), Columns.names(row, "data_sources"),
                row.getBoolean("must_change_password"), row.getString("external_id") != null,
                Columns.instant(row, "last_sign_in_at"), Columns.instant(row, "created_at"));
    }
}
