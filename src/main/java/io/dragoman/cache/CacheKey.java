package io.dragoman.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys of caches. */
public final class CacheKey {

    private CacheKey() {
    }

    /** One short key for what something depends on; different parts, or the same in another order, give another key. */
    public static String of(Object... parts) {
        StringBuilder text = new StringBuilder(500);
        for (Object part : parts) {
            String shown = String.valueOf(part);
            text.append(shown.length()).append(':').append(shown);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
