package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts datasource secrets with AES-256-GCM. The key is derived from {@code dragoman.secret-key}, or from a random text
 * kept in {@code secret.key} of the data folder, which only the owner can read. A text is bound to its datasource's id, so
 * that it cannot be moved to another. What was encrypted with one of {@code dragoman.old-secret-keys}, or with the key of that
 * file before another was configured, is still read. Thread-safe.
 */
@Component
class SecretCipher {

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int DERIVATION_ROUNDS = 100_000;
    private static final byte[] DERIVATION_SALT = "dragoman datasource secrets".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final String configuredKey;
    private final List<String> oldKeys;
    private final Path keyFile;
    private final Map<String, SecretKey> derived = new ConcurrentHashMap<>();

    SecretCipher(DragomanProperties properties) {
        this.configuredKey = properties.secretKey();
        this.oldKeys = properties.oldSecretKeys().stream().map(String::strip).filter(old -> !old.isEmpty()).toList();
        this.keyFile = properties.dataDir().resolve("secret.key");
    }

    /** Encrypts a text for the datasource of that id. */
    byte[] encrypt(UUID id, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, present(), id, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(FORMAT).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Datasource secrets cannot be encrypted", e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} gave for the same id.
     *
     * @throws Connector.UnavailableException when it was encrypted with a key that is not known, or changed since
     */
    String decrypt(UUID id, byte[] stored) {
        return open(id, stored).text();
    }

    /**
     * Decrypts what was encrypted with an old key.
     *
     * @return empty when it was encrypted with the present key
     * @throws Connector.UnavailableException as {@link #decrypt} does
     */
    Optional<String> decryptOld(UUID id, byte[] stored) {
        Opened opened = open(id, stored);
        return opened.old() ? Optional.of(opened.text()) : Optional.empty();
    }

    private record Opened(String text, boolean old) {
    }

    private Opened open(UUID id, byte[] stored) {
        GeneralSecurityException refused = new GeneralSecurityException("not an encrypted secret");
        if (stored.length > 1 + NONCE_BYTES && stored[0] == FORMAT) {
            byte[] nonce = Arrays.copyOfRange(stored, 1, 1 + NONCE_BYTES);
            byte[] sealed = Arrays.copyOfRange(stored, 1 + NONCE_BYTES, stored.length);
            String present = present();
            for (String key : keys(present)) {
                try {
                    byte[] text = cipher(Cipher.DECRYPT_MODE, key, id, nonce).doFinal(sealed);
                    return new Opened(new String(text, StandardCharsets.UTF_8), !key.equals(present));
                } catch (GeneralSecurityException e) {
                    refused = e;
                }
            }
        }
        throw new Connector.UnavailableException("The stored password cannot be decrypted: neither dragoman.secret-key (or "
                + "secret.key in the data folder) nor one of dragoman.old-secret-keys is the one it was stored with. Set the "
                + "password again", refused);
    }

    private static Cipher initialised(int mode, SecretKey key, UUID id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private Cipher cipher(int mode, String key, UUID id, byte[] nonce) throws GeneralSecurityException {
        SecretKey known = derived.get(key);
        if (known == null) {
            PBEKeySpec spec = new PBEKeySpec(key.toCharArray(), DERIVATION_SALT, DERIVATION_ROUNDS, 256);
            known = new SecretKeySpec(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec)
                    .getEncoded(), "AES");
            derived.put(key, known);
        }
        return initialised(mode, known, id, nonce);
    }

    private synchronized String present() {
        return configuredKey.isEmpty() ? keyInFile() : configuredKey;
    }

    /** The present key, and then those that may have been used before. */
    private Set<String> keys(String present) {
        Set<String> keys = new LinkedHashSet<>(List.of(present));
        keys.addAll(oldKeys);
        if (!configuredKey.isEmpty() && Files.exists(keyFile)) {
            keys.add(keyInFile());
        }
        return keys;
    }

    /** Reads the key file; makes it first when there is none, complete or not at all. */
    private String keyInFile() {
        try {
            if (!Files.exists(keyFile)) {
                writeKeyFile();
            }
            return Files.readString(keyFile).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("The key that encrypts datasource secrets cannot be read or made: " + keyFile
                    + ". Make the data folder writable, or set dragoman.secret-key", e);
        }
    }

    private void writeKeyFile() throws IOException {
        Path folder = Files.createDirectories(keyFile.toAbsolutePath().getParent());
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        Path draft = Files.createTempFile(folder, "secret", ".key", ownerOnly());
        try {
            Files.writeString(draft, Base64.getEncoder().encodeToString(bytes) + "\n");
            Files.move(draft, keyFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
