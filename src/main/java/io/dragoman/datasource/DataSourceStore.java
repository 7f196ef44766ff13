package io.dragoman.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.failure.FailureException;
import io.dragoman.security.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@code datasources}; secrets are encrypted on their way in, changes are in the audit log. */
@Repository
class DataSourceStore {

    private static final String SHOWN = "select id, name, dialect, url, username, options, description from datasources ";

    private final JdbcClient database;
    private final SecretCipher cipher;
    private final AuditLog audit;
    private final ObjectMapper json = new ObjectMapper();

    DataSourceStore(JdbcClient database, SecretCipher cipher, AuditLog audit) {
        this.database = database;
        this.cipher = cipher;
        this.audit = audit;
    }

    Optional<DataSourceDefinition> byId(UUID id) {
        return database.sql(SHOWN + "where id = :id").param("id", id).query(this::definition).optional();
    }

    Optional<DataSourceDefinition> byName(String name) {
        return database.sql(SHOWN + "where name = :name").param("name", name).query(this::definition).optional();
    }

    /** @param names the ones to leave in; null for all */
    List<DataSourceDefinition> page(String[] names, int limit, int offset) {
        return database.sql(SHOWN + "where cast(:names as text[]) is null or name = any (:names) order by name"
                + " limit :limit offset :offset").param("names", names, Types.ARRAY).param("limit", limit).param("offset", offset).query(this::definition).list();
    }

    long count(String[] names) {
        return database.sql("select count(*) from datasources where cast(:names as text[]) is null or name = any (:names)")
                .param("names", names, Types.ARRAY).query(Long.class).single();
    }

    Secrets secrets(UUID id) {
        byte[] stored = database.sql("select secrets from datasources where id = :id").param("id", id)
                .query((row, number) -> row.getBytes(1)).optional().orElse(null);
        if (stored == null) {
            return Secrets.NONE;
        }
        return read(cipher.decrypt(id, stored), new TypeReference<Secrets>() { });
    }

    /** @throws FailureException when the name is taken */
    @Transactional
    void insert(DataSourceDefinition definition, Secrets secrets) {
        try {
            database.sql("""
                    insert into datasources (id, name, dialect, url, username, options, secrets, description)
                    values (:id, :name, :dialect, :url, :user, :options::jsonb, :secrets, :description)""")
                    .param("name", definition.name()).param("dialect", definition.dialect())
                    .params(shared(definition, secrets)).update();
            audit.changed("data_source.created", definition.name(), Map.of("dialect", definition.dialect()));
        } catch (DuplicateKeyException e) {
            throw FailureException.nameTaken("datasource", definition.name());
        }
    }

    /** Stores all but the name and the dialect, which stay. */
    @Transactional
    void update(DataSourceDefinition definition, Secrets secrets) {
        database.sql("""
                update datasources set url = :url, username = :user, options = :options::jsonb, secrets = :secrets,
                       description = :description, updated_at = now() where id = :id""")
                .params(shared(definition, secrets)).update();
        audit.changed("data_source.changed", definition.name(), Map.of());
    }

    @Transactional
    boolean delete(DataSourceDefinition definition) {
        boolean deleted = database.sql("delete from datasources where id = :id").param("id", definition.id()).update() > 0;
        if (deleted) {
            audit.changed("data_source.deleted", definition.name(), Map.of());
        }
        return deleted;
    }

    /** Secrets as they are stored. */
    record Sealed(UUID id, String name, byte[] secrets) {
    }

    /** All that have secrets, by name. */
    List<Sealed> sealed() {
        return database.sql("select id, name, secrets from datasources where secrets is not null order by name")
                .query((row, number) -> new Sealed(row.getObject("id", UUID.class), row.getString("name"),
                        row.getBytes("secrets"))).list();
    }

    /**
     * Encrypts secrets with the present key, if that was done with an old one; what somebody changed meanwhile stays.
     *
     * @throws Connector.UnavailableException when no known key decrypts them
     */
    @Transactional
    void encryptAnew(Sealed sealed) {
        cipher.decryptOld(sealed.id(), sealed.secrets()).ifPresent(text -> {
            int changed = database.sql("update datasources set secrets = :anew where id = :id and secrets = :before")
                    .param("anew", cipher.encrypt(sealed.id(), text)).param("id", sealed.id())
                    .param("before", sealed.secrets()).update();
            if (changed > 0) {
                audit.changed("data_source.encrypted_anew", sealed.name(), Map.of());
            }
        });
    }

    private Map<String, Object> shared(DataSourceDefinition definition, Secrets secrets) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", definition.id());
        values.put("url", definition.url());
        values.put("user", definition.user());
        values.put("options", write(definition.options()));
        values.put("secrets", secrets.empty() ? null : cipher.encrypt(definition.id(), write(secrets)));
        values.put("description", definition.description());
        return values;
    }

    private DataSourceDefinition definition(ResultSet row, int number) throws SQLException {
        return new DataSourceDefinition(row.getObject("id", UUID.class), row.getString("name"), row.getString("dialect"),
                row.getString("url"), row.getString("username"),
                read(row.getString("options"), new TypeReference<Map<String, String>>() { }), row.getString("description"));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A datasource cannot be written as JSON", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored datasource cannot be read");
        }
    }
}
