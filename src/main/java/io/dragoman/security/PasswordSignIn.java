package io.dragoman.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.config.DragomanProperties;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Locale;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks passwords. Whoever fails too often within a minute, by name or by address, is not checked for a while, so that
 * passwords cannot be tried out. Thread-safe.
 */
@Component
class PasswordSignIn extends DaoAuthenticationProvider {

    private static final int LONGEST = 200;

    private final int mostFailures;
    private final Cache<String, Bucket> failures = Caffeine.newBuilder().maximumSize(100_000)
            .expireAfterAccess(Duration.ofMinutes(5)).build();

    PasswordSignIn(Accounts accounts, PasswordEncoder passwords, DragomanProperties properties) {
        super(accounts);
        setPasswordEncoder(passwords);
        mostFailures = properties.security().limits().signIns();
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        if (shown.getName().length() > LONGEST || String.valueOf(shown.getCredentials()).length() > LONGEST) {
            throw new LockedException("longer than any name or password");
        }
        String address = shown.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "unknown";
        Bucket ofAddress = take("address " + address);
        Bucket ofName = take("name " + shown.getName().toLowerCase(Locale.ROOT));
        Authentication person = super.authenticate(shown);
        ofAddress.addTokens(1);
        ofName.addTokens(1);
        return person;
    }

    /** Takes an attempt before the password is looked at, so that many at once are no more than one after the other. */
    private Bucket take(String whose) {
        Bucket tries = tries(whose);
        if (!tries.tryConsume(1)) {
            throw new LockedException("too many attempts");
        }
        return tries;
    }

    private Bucket tries(String whose) {
        return failures.get(whose, key -> Bucket.builder().addLimit(limit -> limit.capacity(mostFailures)
                .refillGreedy(mostFailures, Duration.ofMinutes(1))).build());
    }
}
