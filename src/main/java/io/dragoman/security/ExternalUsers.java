package io.dragoman.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.security.oidc.OidcIdentity;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Users whom an OpenID Connect provider vouches for. One is made when it first comes, never taking over one that is there; a
 * name that is taken gets an addition. What is stored of roles and sight follows the sign-ins to the pages. Thread-safe.
 */
@Service
public class ExternalUsers {

    /** What the callers have shown who showed a token. */
    static final String TOKEN = "token";

    private final JdbcClient database;
    private final Users users;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Cache<String, UUID> known = Caffeine.newBuilder().maximumSize(10_000)
            .expireAfterWrite(Users.SEEN_WITHIN).build();

    ExternalUsers(JdbcClient database, Users users, AuditLog audit, PlatformTransactionManager transactions) {
        this.database = database;
        this.users = users;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Who shows a checked token, with what the token itself gives.
     *
     * @return empty when the user is disabled
     */
    public Optional<Caller> caller(OidcIdentity identity) {
        UUID id = known.getIfPresent(identity.externalId());
        if (id == null) {
            id = transaction.execute(status -> find(identity).orElseGet(() -> create(identity)));
            known.put(identity.externalId(), id);
        }
        Optional<User> user = users.find(id);
        if (user.isEmpty()) {
            known.invalidate(identity.externalId());
        }
        return user.filter(User::enabled).map(found -> new Caller(found.id(), found.name(), identity.roles(),
                identity.schemaGroups(), identity.dataSources(), TOKEN, null));
    }

    /** The user who signs in to the pages; what is stored becomes what the provider says. */
    public User signIn(OidcIdentity identity) {
        return transaction.execute(status -> follow(identity));
    }

    private User follow(OidcIdentity identity) {
        UUID id = find(identity).orElseGet(() -> create(identity));
        User before = users.get(id.toString());
        boolean same = before.roles().equals(identity.roles()) && Objects.equals(before.schemaGroups(), identity.schemaGroups())
                && Objects.equals(before.dataSources(), identity.dataSources());
        if (!same) {
            database.sql("UPDATE users SET roles = ?, schema_groups = ?, data_sources = ?, updated_at = now() WHERE id = ?")
                    .params(Columns.array(identity.roles()), Columns.array(identity.schemaGroups()),
                            Columns.array(identity.dataSources()), id).update();
            audit.changed("user.changed", before.name(), Map.of("roles", identity.roles(), "by", "sign-in"));
            users.changed(id);
        }
        return users.get(id.toString());
    }

    private Optional<UUID> find(OidcIdentity identity) {
        return database.sql("SELECT id FROM users WHERE external_id = ?").param(identity.externalId()).query(UUID.class).optional();
    }

    private UUID create(OidcIdentity identity) {
        String addition = HexFormat.of().formatHex(ApiKeys.hash(identity.externalId()), 0, 6);
        for (String name : new String[] {identity.name(), identity.name() + "-" + addition}) {
            Optional<UUID> made = database.sql("""
                    INSERT INTO users (name, external_id, roles, schema_groups, data_sources) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING RETURNING id""")
                    .params(name, identity.externalId(), Columns.array(identity.roles()), Columns.array(identity.schemaGroups()),
                            Columns.array(identity.dataSources())).query(UUID.class).optional();
            if (made.isPresent()) {
                audit.changed("user.created", name, Map.of("roles", identity.roles(), "external", true));
                return made.get();
            }
            Optional<UUID> meanwhile = find(identity);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
        }
        throw new IllegalStateException("There is no free name for the user " + identity.name());
    }
}
