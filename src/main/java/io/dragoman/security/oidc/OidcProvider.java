package io.dragoman.security.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.dragoman.config.OidcProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The OpenID Connect provider: its addresses by discovery, and its keys. Nothing is asked of it before it is needed; what it
 * said is kept, and after a failure it is left alone for a moment, so that callers do not queue for it. Thread-safe.
 */
@Component
public class OidcProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int LONGEST_DOCUMENT = 1 << 20;
    private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long KEYS_ASKED_AGAIN_MS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OidcProperties settings;
    private final DefaultResourceRetriever web;
    private final ReentrantLock discovering = new ReentrantLock();
    private volatile Found found;
    private volatile long failedAt;
    private volatile boolean failed;

    OidcProvider(OidcProperties settings) {
        this.settings = settings;
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        this.web = new DefaultResourceRetriever(timeout, timeout, LONGEST_DOCUMENT);
        if (settings.issuer().startsWith("http:") && !settings.issuer().matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])([:/].*)?")) {
            LOG.warn("dragoman.security.oidc.issuer is not https: who is in between can let anybody in");
        }
    }

    /**
     * Where the provider's parts are.
     *
     * @param userInfo   null when there is none
     * @param endSession where people sign out; null when there is no such place
     */
    public record Addresses(String authorization, String token, String userInfo, String keys, String endSession) {
    }

    private record Found(Addresses addresses, JWKSource<SecurityContext> keys) {
    }

    /**
     * Where the provider's parts are.
     *
     * @throws FailureException {@code IDENTITY_PROVIDER_UNAVAILABLE}
     */
    public Addresses addresses() {
        return found().addresses();
    }

    /** The provider's keys, as they are at the moment; throws as {@link #addresses} does. */
    JWKSource<SecurityContext> keys() {
        return found().keys();
    }

    private Found found() {
        Found known = found;
        if (known != null) {
            return known;
        }
        if (failed && System.nanoTime() - failedAt < LEFT_ALONE_NANOS) {
            throw unavailable();
        }
        try {
            if (!discovering.tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
        try {
            if (found == null) {
                found = discover();
            }
            return found;
        } catch (IOException | IllegalArgumentException e) {
            failedAt = System.nanoTime();
            failed = true;
            LOG.warn("The OpenID Connect provider {} cannot be used: {}", settings.issuer(), e.getMessage());
            throw unavailable();
        } finally {
            discovering.unlock();
        }
    }

    private Found discover() throws IOException {
        String base = settings.issuer().endsWith("/") ? settings.issuer().substring(0, settings.issuer().length() - 1)
                : settings.issuer();
        JsonNode document = JSON.readTree(web.retrieveResource(url(base + DISCOVERY)).getContent());
        if (!document.path("issuer").asText().equals(settings.issuer())) {
            throw new IllegalArgumentException("its discovery document is of the issuer '"
                    + document.path("issuer").asText() + "'");
        }
        Addresses addresses = new Addresses(text(document, "authorization_endpoint"), text(document, "token_endpoint"),
                text(document, "userinfo_endpoint"), text(document, "jwks_uri"), web(text(document, "end_session_endpoint")));
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(url(addresses.keys()), web)
                .cache(settings.keysFor().toMillis(), settings.timeout().toMillis() * 2)
                .refreshAheadCache(false).rateLimited(KEYS_ASKED_AGAIN_MS)
                .outageTolerant(Math.max(settings.keysFor().toMillis(), TimeUnit.HOURS.toMillis(1))).build();
        return new Found(addresses, keys);
    }

    private static String text(JsonNode document, String field) {
        return document.path(field).isTextual() ? document.path(field).asText() : null;
    }

    /** An address that a browser may be sent to; null for any other. */
    private static String web(String address) {
        return address != null && (address.startsWith("https://") || address.startsWith("http://")) ? address : null;
    }

    private static URL url(String address) throws IOException {
        if (web(address) == null) {
            throw new IllegalArgumentException("its discovery document has no usable 'jwks_uri'");
        }
        return URI.create(address).toURL();
    }

    /** That the provider does not reply. */
    FailureException unavailable() {
        return new FailureException(ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE, "Tokens cannot be checked at the moment, as the"
                + " identity provider does not reply. Try again, or use an API key.", Map.of("retry_after_s", 5));
    }
}
