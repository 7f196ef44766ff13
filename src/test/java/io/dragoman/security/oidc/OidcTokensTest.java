package io.dragoman.security.oidc;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.dragoman.config.OidcProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What tokens are taken, against an issuer that speaks HTTP. */
class OidcTokensTest {

    private final TestIssuer issuer = new TestIssuer();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private OidcProperties settings(String... more) {
        Map<String, String> keys = new HashMap<>(Map.of("oidc.issuer", issuer.url(), "oidc.audience", TestIssuer.AUDIENCE,
                "oidc.timeout", "20s"));
        for (int i = 0; i < more.length; i += 2) {
            keys.put("oidc." + more[i], more[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(keys)).bind("oidc", OidcProperties.class).get();
    }

    private OidcTokens tokens(String... more) {
        OidcProperties settings = settings(more);
        return new OidcTokens(settings, new OidcProvider(settings), new OidcClaims(settings));
    }

    private static void refused(OidcTokens tokens, String token, ErrorCode code) {
        assertThatThrownBy(() -> tokens.identity(token)).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(e.failure().code()).isEqualTo(code));
    }

    @Test
    void takesAGoodTokenAndAsksForTheKeysOnce() {
        OidcTokens tokens = tokens();
        for (int i = 0; i < 5; i++) {
            String token = issuer.token(Map.of("preferred_username", "ada", "roles", List.of("asker", "else", "approver")));
            assertThat(tokens.isToken(token)).isTrue();
            assertThat(tokens.identity(token)).isEqualTo(new OidcIdentity(issuer.url() + " subject", "ada",
                    java.util.Set.of(Role.ASKER, Role.APPROVER), null, null));
        }
        assertThat(issuer.keysRead()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotForThisServerOrNotNow() {
        OidcTokens tokens = tokens();
        List<Consumer<JWTClaimsSet.Builder>> wrong = List.of(
                claims -> claims.audience("somebody-else"), claims -> claims.audience((String) null),
                claims -> claims.issuer("https://issuer.example"), claims -> claims.issuer(issuer.url() + "/"),
                claims -> claims.issuer(null), claims -> claims.subject(null), claims -> claims.subject(" "),
                claims -> claims.subject("x".repeat(300)), claims -> claims.expirationTime(null),
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))),
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120))));
        wrong.forEach(change -> refused(tokens, issuer.token(Map.of("roles", "admin"), change), ErrorCode.UNAUTHENTICATED));
        assertThatThrownBy(() -> tokens.identity(issuer.token(Map.of(),
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60)))))).hasMessageContaining("expired");
    }

    @Test
    void refusesEverythingThatTheIssuerDidNotSign() throws JOSEException {
        OidcTokens tokens = tokens();
        JWTClaimsSet claims = issuer.claims(Map.of("roles", "admin"), TestIssuer.AUDIENCE, change -> { });
        refused(tokens, new PlainJWT(claims).serialize(), ErrorCode.UNAUTHENTICATED);
        String good = issuer.token(Map.of("roles", "asker"));
        refused(tokens, good.substring(0, good.lastIndexOf('.') + 1), ErrorCode.UNAUTHENTICATED);
        refused(tokens, good.substring(0, good.length() - 8) + "AAAAAAAA", ErrorCode.UNAUTHENTICATED);
        String admin = issuer.token(Map.of("roles", "admin"));
        refused(tokens, good.split("\\.")[0] + "." + admin.split("\\.")[1] + "." + good.split("\\.")[2], ErrorCode.UNAUTHENTICATED);
        // The public key taken for a shared secret: RFC 8725, 2.1.
        for (byte[] secret : List.of(issuer.key().toRSAPublicKey().getEncoded(), issuer.key().toPublicJWK().toJSONString().getBytes())) {
            SignedJWT confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(), claims);
            confused.sign(new MACSigner(secret));
            refused(tokens, confused.serialize(), ErrorCode.UNAUTHENTICATED);
        }
        // A key that the token brings along, and one that it points at.
        RSAKey own = new RSAKeyGenerator(2048).keyID(issuer.key().getKeyID()).generate();
        for (JWSHeader header : List.of(new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwkURL(java.net.URI.create(issuer.url() + "/keys")).build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(issuer.key().getKeyID()).build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("../../etc/passwd").build())) {
            SignedJWT forged = new SignedJWT(header, claims);
            forged.sign(new RSASSASigner(own));
            refused(tokens, forged.serialize(), ErrorCode.UNAUTHENTICATED);
        }
        SignedJWT notAllowed = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS512).keyID(issuer.key().getKeyID()).build(), claims);
        notAllowed.sign(new RSASSASigner(issuer.key()));
        refused(tokens, notAllowed.serialize(), ErrorCode.UNAUTHENTICATED);
        SignedJWT otherType = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(issuer.key().getKeyID())
                .type(new JOSEObjectType("logout+jwt")).build(), claims);
        otherType.sign(new RSASSASigner(issuer.key()));
        refused(tokens, otherType.serialize(), ErrorCode.UNAUTHENTICATED);
        for (String rubbish : List.of("eyJ..", "eyJhbGciOiJub25lIn0..", "eyJ" + "A".repeat(20_000) + ".e30.x", "eyJ\0.\u2028.")) {
            refused(tokens, rubbish, ErrorCode.UNAUTHENTICATED);
        }
        assertThat(tokens.identity(good).roles()).containsExactly(Role.ASKER);
    }

    @Test
    void aFloodOfUnknownKeysDoesNotReachTheIssuer() throws JOSEException {
        OidcTokens tokens = tokens();
        tokens.identity(issuer.token(Map.of()));
        RSAKey own = new RSAKeyGenerator(2048).keyID("own").generate();
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            SignedJWT forged = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(UUID.randomUUID().toString()).build(),
                    issuer.claims(Map.of(), TestIssuer.AUDIENCE, change -> { }));
            forged.sign(new RSASSASigner(own));
            refused(tokens, forged.serialize(), ErrorCode.UNAUTHENTICATED);
        }
        assertThat(issuer.keysRead()).as("at most twice in 10 s").isLessThanOrEqualTo(3 + 2 * (int) ((System.nanoTime() - start) / 1e10));
    }

    @Test
    void followsTheIssuerToANewKey() {
        OidcTokens tokens = tokens();
        tokens.identity(issuer.token(Map.of()));
        issuer.takeAnotherKey();
        assertThat(tokens.identity(issuer.token(Map.of("name", "ada"))).name()).isEqualTo("ada");
    }

    @Test
    void anIssuerThatIsDownIsLeftAloneForAMomentAndTokensAreTakenOnceItIsBack() throws Throwable {
        issuer.down(true);
        OidcTokens tokens = tokens();
        String token = issuer.token(Map.of());
        atLeastOnce(() -> {
            refused(tokens, token, ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
            int asked = issuer.asked();
            refused(tokens, token, ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
            assertThat(issuer.asked()).isEqualTo(asked);
        });
        issuer.down(false);
        eventually(() -> taken(tokens, token));
        assertThat(tokens.identity(token).externalId()).endsWith("subject");
        issuer.down(true);
        assertThat(tokens.identity(token).externalId()).as("the keys are kept").endsWith("subject");
    }

    private static boolean taken(OidcTokens tokens, String token) {
        try {
            return tokens.identity(token) != null;
        } catch (FailureException e) {
            return false;
        }
    }

    @Test
    void aSlowIssuerAndOneThatSaysItIsAnotherAreNotWaitedForOrTrusted() {
        issuer.slow(60_000);
        long start = System.nanoTime();
        refused(tokens("timeout", "1s"), issuer.token(Map.of()), ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        issuer.slow(0);
        issuer.says("https://issuer.example");
        refused(tokens(), issuer.token(Map.of()), ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
    }

    @Test
    void readsRolesAndSightWhereverTheClaimsHaveThem() {
        OidcTokens tokens = tokens("roles-claim", "realm_access.roles", "roles.curator[0]", "data team", "roles.asker[0]", "staff",
                "groups-claim", "https://dragoman.example/groups", "groups-prefix", "db-", "data-sources-claim", "dbs");
        OidcIdentity identity = tokens.identity(issuer.token(Map.of("realm_access", Map.of("roles", List.of("staff", "admin", "data team")),
                "https://dragoman.example/groups", List.of("db-retail", "everyone", "db-"), "dbs", "shop, store", "email", "a b@c.example")));
        assertThat(identity.roles()).as("a role is given by what is configured alone").containsExactlyInAnyOrder(Role.ASKER, Role.CURATOR);
        assertThat(identity.schemaGroups()).containsExactly("retail");
        assertThat(identity.dataSources()).containsExactly("shop", "store");
        assertThat(identity.name()).isEqualTo("a-b@c.example");
        OidcIdentity nobody = tokens.identity(issuer.token(Map.of("roles", "admin")));
        assertThat(nobody.roles()).isEmpty();
        assertThat(nobody.schemaGroups()).as("without the claim nothing is seen").isEmpty();
        assertThat(tokens("default-roles", "asker").identity(issuer.token(Map.of("roles", List.of("else")))).roles())
                .containsExactly(Role.ASKER);
        assertThat(tokens("groups-claim", "groups").identity(issuer.token(Map.of("roles", "admin"))).schemaGroups()).isNull();
    }

    @Test
    void datasourcesAreLimitedByTheirClaimAlsoWhereGroupsAreNot() {
        OidcTokens tokens = tokens("data-sources-claim", "dbs");
        OidcIdentity one = tokens.identity(issuer.token(Map.of("roles", "asker", "dbs", "shop")));
        assertThat(one.schemaGroups()).isNull();
        assertThat(one.dataSources()).containsExactly("shop");
        assertThat(tokens.identity(issuer.token(Map.of("roles", "asker"))).dataSources()).isEmpty();
        assertThat(tokens.identity(issuer.token(Map.of("roles", "admin", "dbs", "shop"))).dataSources()).isNull();
        OidcClaims claims = new OidcClaims(settings("data-sources-claim", "dbs"));
        assertThat(claims.sayEnough(Map.of("roles", "asker"))).as("the provider is asked for the rest").isFalse();
        assertThat(claims.sayEnough(Map.of("roles", "asker", "dbs", "shop"))).isTrue();
    }

    @Test
    void withoutAnAudienceNoTokenIsTaken() {
        assertThat(tokens("audience", "").isToken(issuer.token(Map.of()))).isFalse();
        assertThat(tokens().isToken("drg_abc")).isFalse();
    }
}
