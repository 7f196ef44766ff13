package io.dragoman.security;

import io.dragoman.config.DragomanProperties;
import io.dragoman.storage.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/**
 * How somebody gets in for the first time: the administrator with a password that is told once, and a demo key in a file
 * that only whoever runs the server can read.
 */
@Service
public class FirstAccess implements InitializingBean {

    /** The first administrator's name. */
    public static final String ADMIN = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(FirstAccess.class);
    private static final String DEMO = "demo";
    private static final String KEY_FILE = "demo.key";
    private static final int MADE_UP = 20;

    private final DragomanProperties.Security settings;
    private final DataFolder folder;
    private final JdbcClient database;
    private final PasswordEncoder passwords;
    private final Users users;
    private final ApiKeys keys;
    private String oneTimePassword;
    private String demoKey;

    FirstAccess(DragomanProperties properties, DataFolder folder, JdbcClient database, PasswordEncoder passwords, Users users,
            ApiKeys keys) {
        this.settings = properties.security();
        this.folder = folder;
        this.database = database;
        this.passwords = passwords;
        this.users = users;
        this.keys = keys;
    }

    @Override
    public void afterPropertiesSet() {
        administrator();
        demo();
    }

    /** The administrator's password, when this start made it up; it can be asked for once. */
    public synchronized Optional<String> oneTimePassword() {
        Optional<String> told = Optional.ofNullable(oneTimePassword);
        oneTimePassword = null;
        return told;
    }

    /** The key that is taken from this machine; empty when there is none. */
    public Optional<String> demoKey() {
        return Optional.ofNullable(demoKey);
    }

    private void administrator() {
        String wanted = settings.adminPassword();
        if (wanted.isBlank()) {
            firstAdministrator();
            return;
        }
        String stored = database.sql("SELECT coalesce(password_hash, '') FROM users WHERE name = ?").param(ADMIN)
                .query(String.class).optional().orElse(null);
        if (stored == null || stored.isEmpty() || !passwords.matches(wanted, stored)) {
            database.sql("""
                    INSERT INTO users (name, password_hash, roles) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, must_change_password = false,
                        enabled = true, updated_at = now()""").params(ADMIN, passwords.encode(wanted), all()).update();
            LOG.info("The password of the user '{}' is the one that DRAGOMAN_ADMIN_PASSWORD gives", ADMIN);
        }
    }

    private void firstAdministrator() {
        if (database.sql("SELECT count(*) FROM users WHERE name = ?").param(ADMIN).query(Integer.class).single() == 0) {
            String made = keys.secret().substring(ApiKeys.START.length(), ApiKeys.START.length() + MADE_UP);
            int added = database.sql("""
                    INSERT INTO users (name, password_hash, roles, must_change_password) VALUES (?, ?, ?, true)
                    ON CONFLICT (name) DO NOTHING""").params(ADMIN, passwords.encode(made), all()).update();
            oneTimePassword = added == 1 ? made : null;
        }
    }

    private static String[] all() {
        return Columns.array(EnumSet.allOf(Role.class));
    }

    private void demo() {
        Path file = folder.path().resolve(KEY_FILE);
        try {
            if (settings.demoKey()) {
                String key = Files.exists(file) ? Files.readString(file).strip() : write(file);
                Set<Role> roles = EnumSet.of(Role.ASKER, Role.CURATOR, Role.APPROVER);
                keys.takeLocal(key, DEMO, users.builtIn(DEMO, roles), roles);
                demoKey = key;
            } else if (Files.exists(file)) {
                keys.refuseLocal(Files.readString(file).strip());
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The demo key cannot be kept in " + file, e);
        }
    }

    private String write(Path file) throws IOException {
        String key = keys.secret();
        FileAttribute<?>[] ownerOnly = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(folder.path(), "demo", ".key", ownerOnly);
        Files.writeString(draft, key + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return key;
    }
}
