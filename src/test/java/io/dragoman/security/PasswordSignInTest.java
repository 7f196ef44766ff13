package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import io.dragoman.datasource.Settings;
import io.dragoman.storage.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.util.ReflectionTestUtils;

/** Passwords cannot be tried out. */
class PasswordSignInTest {

    private final JdbcClient database = JdbcClient.create(TestDatabase.shared().dataSource());
    private final AtomicInteger looked = new AtomicInteger();
    private final BCryptPasswordEncoder passwords = new BCryptPasswordEncoder(8) {
        @Override
        public boolean matches(CharSequence shown, String kept) {
            looked.incrementAndGet();
            return super.matches(shown, kept);
        }
    };
    private final PasswordSignIn signIn = new PasswordSignIn(new Accounts(database, null), passwords,
            Settings.of("security.limits.sign-ins", "5"));

    private static Authentication shown(String name, String password) {
        return new UsernamePasswordAuthenticationToken(name, password);
    }

    @Test
    void manyAttemptsAtOnceAreNoMoreThanOneAfterTheOther() {
        ExecutorService attackers = Executors.newFixedThreadPool(20);
        List<CompletableFuture<Void>> attempts = IntStream.range(0, 40).mapToObj(i -> CompletableFuture.runAsync(() ->
                assertThatThrownBy(() -> signIn.authenticate(shown("nobody-here", "guess " + i)))
                        .isInstanceOf(AuthenticationException.class), attackers)).toList();
        attempts.forEach(CompletableFuture::join);
        attackers.shutdown();
        assertThat(looked).hasValueLessThanOrEqualTo(7);
    }

    @Test
    void namesThatNobodyCanHaveAreNotKept() {
        assertThatThrownBy(() -> signIn.authenticate(shown("n".repeat(2_000_000), "x"))).isInstanceOf(LockedException.class);
        assertThat(((Cache<?, ?>) ReflectionTestUtils.getField(signIn, "failures")).asMap()).isEmpty();
    }

    @Test
    void whoKnowsThePasswordSignsInAsOftenAsWanted() {
        database.sql("INSERT INTO users (name, password_hash, roles) VALUES ('often', ?, '{}')").param(passwords.encode("right")).update();
        for (int i = 0; i < 12; i++) {
            assertThat(signIn.authenticate(shown("often", "right")).isAuthenticated()).isTrue();
        }
    }
}
