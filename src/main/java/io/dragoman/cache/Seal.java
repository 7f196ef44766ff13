package io.dragoman.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what leaves this process for a shared level (AES-256-GCM), and hides what it is kept under (HMAC-SHA-256): whoever
 * reads the level learns nothing, and whoever writes there can neither make up a value nor move one to another key. The keys
 * are derived from {@code dragoman.secret-key}, which servers that share a level have in common. Thread-safe.
 */
final class Seal {

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ROUNDS = 100_000;
    private static final int KEY_BYTES = 32;
    private static final byte[] SALT = "dragoman shared cache".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec encryption;
    private final SecretKeySpec naming;

    /** @param secret empty for one made up, which no other process has */
    Seal(String secret) {
        byte[] keys = new byte[2 * KEY_BYTES];
        if (secret.isEmpty()) {
            random.nextBytes(keys);
        } else {
            keys = derived(secret);
        }
        encryption = new SecretKeySpec(keys, 0, KEY_BYTES, "AES");
        naming = new SecretKeySpec(keys, KEY_BYTES, KEY_BYTES, "HmacSHA256");
    }

    private static byte[] derived(String secret) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(
                    new PBEKeySpec(secret.toCharArray(), SALT, ROUNDS, 2 * KEY_BYTES * Byte.SIZE)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an entry of a cache is kept under. */
    String name(String cache, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(naming);
            mac.update(cache.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] hash = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
            return "dragoman:" + cache + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encrypts a value for the name that it is kept under. */
    byte[] close(String name, byte[] value) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(value);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(FORMAT).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decrypts what {@link #close} gave for the same name; empty for anything else. */
    Optional<byte[]> open(String name, byte[] sealed) {
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORMAT) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES))
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
