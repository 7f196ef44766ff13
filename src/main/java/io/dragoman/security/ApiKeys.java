package io.dragoman.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.cluster.Changes;
import io.dragoman.failure.FailureException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys for programs. A key is 256 random bits, so a plain SHA-256 of it is kept: there is nothing to guess that a slow
 * password hash would make harder. What is known of a key is looked up once in {@link Users#SEEN_WITHIN}; a revocation takes
 * effect at once on this server, and within a second on others. Thread-safe.
 */
@Service
public class ApiKeys {

    /** What every key begins with. */
    static final String START = "drg_";

    /** What the credential of callers who showed a key begins with; the beginning of the key follows. */
    static final String CREDENTIAL = "key ";

    private static final String KIND = "API key";
    private static final String CHANGES = "api_key";
    private static final int BYTES = 32;
    private static final int SHOWN = START.length() + 6;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_NAME = 200;
    private static final String SELECT = """
            SELECT k.id, k.prefix, k.name, u.name AS user_name, k.user_id, k.roles, k.schema_groups, k.data_sources,
                   k.loopback_only, k.expires_at, k.last_used_at, k.revoked_at, k.created_at,
                   k.calls_per_second
            FROM api_keys k JOIN users u ON u.id = k.user_id""";

    private final JdbcClient database;
    private final Users users;
    private final AuditLog audit;
    private final Changes changes;
    private final SecureRandom random = new SecureRandom();
    private final Cache<ByteBuffer, Optional<Known>> known = Caffeine.newBuilder().maximumSize(10_000)
            .expireAfterWrite(Users.SEEN_WITHIN).build();

    ApiKeys(JdbcClient database, Users users, AuditLog audit, Changes changes) {
        this.database = database;
        this.users = users;
        this.audit = audit;
        this.changes = changes;
        changes.listen(CHANGES, change -> known.invalidateAll());
    }

    private record Known(ApiKey key, UUID userId) {
    }

    /**
     * Who shows that key.
     *
     * @param loopback whether the connection comes from this machine
     * @return empty when the key is unknown, revoked, out of date or not taken from there, or its user is disabled
     */
    public Optional<Caller> authenticate(String secret, boolean loopback) {
        if (secret.length() > LONGEST_KEY) {
            return Optional.empty();
        }
        return known.get(ByteBuffer.wrap(hash(secret)), this::read)
                .filter(found -> found.key().revokedAt() == null && (loopback || !found.key().loopbackOnly()))
                .filter(found -> found.key().expiresAt() == null || found.key().expiresAt().isAfter(Instant.now()))
                .flatMap(found -> users.find(found.userId()).filter(User::enabled).map(user -> caller(user, found.key())));
    }

    private Optional<Known> read(ByteBuffer hash) {
        Optional<Known> found = database.sql(SELECT + " WHERE k.key_hash = ?").param(hash.array())
                .query((row, number) -> new Known(key(row, number), row.getObject("user_id", UUID.class))).optional();
        found.ifPresent(one -> database.sql("""
                UPDATE api_keys SET last_used_at = now()
                WHERE id = ? AND (last_used_at IS NULL OR last_used_at < now() - interval '10 seconds')""")
                .param(one.key().id()).update());
        return found;
    }

    private static Caller caller(User user, ApiKey key) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(key.roles());
        if (!user.roles().contains(Role.ADMIN)) {
            roles.retainAll(user.roles());
        }
        return new Caller(user.id(), user.name(), roles, both(user.schemaGroups(), key.schemaGroups()),
                both(user.dataSources(), key.dataSources()), CREDENTIAL + key.prefix(), key.callsPerSecond());
    }

    /** Who the caller is by now that showed a key of that user before; empty when the key is not taken any more. */
    Optional<Caller> still(Caller before, User user) {
        return database.sql(SELECT + """
                 WHERE k.user_id = ? AND k.prefix = ? AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
                ORDER BY k.created_at DESC LIMIT 1""")
                .params(user.id(), before.credential().substring(CREDENTIAL.length())).query(ApiKeys::key).optional()
                .map(key -> caller(user, key));
    }

    /** The names that are in both; null is all names. */
    static Set<String> both(Set<String> one, Set<String> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    /** Keys that were not removed, the latest first. */
    public List<ApiKey> list(int limit, int offset) {
        return database.sql(SELECT + " ORDER BY k.created_at DESC, k.id LIMIT ? OFFSET ?").params(limit, offset)
                .query(ApiKeys::key).list();
    }

    /** How many keys there are. */
    public long count() {
        return database.sql("SELECT count(*) FROM api_keys").query(Long.class).single();
    }

    /**
     * Makes a key.
     *
     * @throws FailureException {@code NOT_FOUND} for the user; {@code VALIDATION_FAILED} for a field that cannot be taken
     */
    @Transactional
    public ApiKey.Made create(ApiKey.Draft draft) {
        if (draft.name() == null || draft.name().isBlank() || draft.name().length() > LONGEST_NAME
                || draft.name().indexOf('\0') >= 0) {
            throw FailureException.invalid("name", "'name' has to be a text of 1 to " + LONGEST_NAME + " characters.");
        }
        if (draft.expiresAt() != null && draft.expiresAt().isBefore(Instant.now())) {
            throw FailureException.invalid("expires_at", "'expires_at' has to be in the future.");
        }
        if (draft.callsPerSecond() != null && draft.callsPerSecond() < 1) {
            throw FailureException.invalid("calls_per_second", "'calls_per_second' has to be at least 1.");
        }
        User user = owner(draft.user());
        Set<Role> roles = draft.roles() == null ? user.roles() : draft.roles();
        if (roles.isEmpty() || !user.roles().contains(Role.ADMIN) && !user.roles().containsAll(roles)) {
            throw FailureException.invalid("roles", "A key has some of its user's roles: " + user.roles() + ".");
        }
        User.refuseScopedAdministrator(roles, draft.schemaGroups(), draft.dataSources());
        String secret = secret();
        UUID id = insert(secret, draft.name(), user.id(), roles, Users.names("schema_groups", draft.schemaGroups()),
                Users.names("data_sources", draft.dataSources()), false, draft.expiresAt(),
                draft.callsPerSecond());
        ApiKey made = get(id.toString());
        audit.changed("api_key.created", made.prefix(), Map.of("name", made.name(), "user", user.name(), "roles", roles));
        return new ApiKey.Made(made, secret);
    }

    private User owner(String named) {
        if (named != null) {
            return users.get(named);
        }
        UUID caller = CurrentCall.current().userId();
        return users.get(caller == null ? "" : caller.toString());
    }

    /**
     * Revokes a key: it is not taken any more, and stays in the list.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    @Transactional
    public ApiKey revoke(String id) {
        ApiKey key = get(id);
        database.sql("UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = ?").param(key.id()).update();
        audit.changed("api_key.revoked", key.prefix(), Map.of("name", key.name(), "user", key.user()));
        changes.publish(CHANGES, null);
        return get(id);
    }

    /** Takes a key that is kept in a file of this machine, and no other of that name, from this machine alone. */
    void takeLocal(String secret, String name, User user, Set<Role> roles) {
        Integer there = database.sql("SELECT count(*) FROM api_keys WHERE key_hash = ?").param(hash(secret))
                .query(Integer.class).single();
        if (there == 0) {
            insert(secret, name, user.id(), roles, null, null, true, null, null);
        }
    }

    /** Takes a key of this machine no more. */
    void refuseLocal(String secret) {
        database.sql("DELETE FROM api_keys WHERE key_hash = ? AND loopback_only").param(hash(secret)).update();
        changes.publish(CHANGES, null);
    }

    /** A new key. */
    String secret() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return START + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256. */
    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID insert(String secret, String name, UUID user, Set<Role> roles, Set<String> groups, Set<String> sources,
            boolean local, Instant expires, Integer callsPerSecond) {
        changes.publish(CHANGES, null);
        return database.sql("""
                INSERT INTO api_keys (user_id, name, key_hash, prefix, roles, schema_groups, data_sources, loopback_only,
                    expires_at, calls_per_second)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""")
                .params(user, name, hash(secret), secret.substring(0, SHOWN), Columns.array(roles), Columns.array(groups),
                        Columns.array(sources), local, expires == null ? null : Timestamp.from(expires),
                        callsPerSecond)
                .query(UUID.class).single();
    }

    private ApiKey get(String id) {
        return database.sql(SELECT + " WHERE k.id::text = lower(?)").param(id).query(ApiKeys::key).optional()
                .orElseThrow(() -> FailureException.notFound(KIND, id));
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(row.getObject("id", UUID.class), row.getString("prefix"), row.getString("name"),
                row.getString("user_name"), Columns.roles(row, "roles"), Columns.names(row, "schema_groups"),
                Columns.names(row, "data_sources"), row.getBoolean("loopback_only"), Columns.instant(row, "expires_at"),
                Columns.instant(row, "last_used_at"), Columns.instant(row, "revoked_at"),
                Columns.instant(row, "created_at"), (Integer) row.getObject("calls_per_second"));
    }
}
