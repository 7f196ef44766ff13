package io.dragoman.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.dragoman.config.OidcProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks tokens (RFC 7519, RFC 8725): signed by a key of the provider with one of the algorithms allowed, none of which is
 * {@code none} or takes a shared secret; from the issuer, for the audience, with a subject and an end that is not past.
 * Thread-safe.
 */
@Component
public class OidcTokens {

    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);
    private static final int LONGEST = 16_384;

    private final OidcProperties settings;
    private final OidcProvider provider;
    private final OidcClaims claims;
    private final Set<JWSAlgorithm> algorithms;

    OidcTokens(OidcProperties settings, OidcProvider provider, OidcClaims claims) {
        this.settings = settings;
        this.provider = provider;
        this.claims = claims;
        this.algorithms = settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    }

    /** Whether what a caller shows looks like a token, and tokens are taken. */
    public boolean isToken(String shown) {
        return settings.takesTokens() && shown.startsWith("eyJ") && shown.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Who an access token is about.
     *
     * @throws FailureException {@code UNAUTHENTICATED} when it is not taken; {@code IDENTITY_PROVIDER_UNAVAILABLE} when that
     *                          cannot be told
     */
    public OidcIdentity identity(String token) {
        Map<String, Object> checked = check(token, settings.audience()).getClaims();
        try {
            return claims.identity(checked);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    /** The claims of a token for that audience; throws as {@link #identity} does. */
    JWTClaimsSet check(String token, String audience) {
        if (token.length() > LONGEST) {
            throw refused("it is longer than " + LONGEST + " characters");
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, provider.keys()));
        DefaultJWTClaimsVerifier<SecurityContext> verifier = new DefaultJWTClaimsVerifier<>(audience,
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("sub", "exp", "aud"));
        verifier.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(verifier);
        try {
            return processor.process(token, null);
        } catch (BadJWTException e) {
            // Only a token that the provider signed comes so far.
            throw refused("Expired JWT".equals(e.getMessage()) ? "it has expired" : e.getMessage());
        } catch (KeySourceException e) {
            if (limited(e)) {
                throw refused("it is not signed by a known key of the issuer");
            }
            LOG.warn("The keys of the OpenID Connect provider cannot be read: {}", e.getMessage());
            throw provider.unavailable();
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            LOG.debug("A token is not taken", e);
            throw refused("it is not a token that a known key of the issuer signed");
        }
    }

    /** Whether the keys were read just before, so that a key that is not among them does not have them read again. */
    private static boolean limited(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return true;
            }
        }
        return false;
    }

    private static FailureException refused(String why) {
        return new FailureException(ErrorCode.UNAUTHENTICATED, "The token is not taken: " + why + ".", Map.of("reason", why));
    }
}
