package io.dragoman.security.oidc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A small OpenID Connect provider: discovery, keys, and the code flow with PKCE, over HTTP. */
public final class TestIssuer implements AutoCloseable {

    /** What its access tokens are for. */
    public static final String AUDIENCE = "dragoman-api";

    /** The client that people sign in through. */
    public static final String CLIENT = "dragoman-pages";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static TestIssuer shared;

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> signedOut = new CopyOnWriteArrayList<>();
    private final AtomicInteger keysRead = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key = newKey();
    private volatile String issuer;
    private volatile boolean down;
    private volatile long delayMs;
    private volatile Map<String, Object> person = Map.of();
    private volatile Map<String, Object> personFurther = Map.of();

    /** Starts one on a free port of this machine. */
    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "test-issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
        issuer = url();
    }

    /** One for all tests. */
    public static synchronized TestIssuer shared() {
        if (shared == null) {
            shared = new TestIssuer();
        }
        return shared;
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whom it was asked to sign out. */
    public List<String> signedOut() {
        return signedOut;
    }

    /** Its key, as only it should have it. */
    public RSAKey key() {
        return key;
    }

    /** Takes another key for what it signs from now on. */
    public void takeAnotherKey() {
        key = newKey();
    }

    /** How often its keys were read. */
    public int keysRead() {
        return keysRead.get();
    }

    /** How often it was asked for anything. */
    public int asked() {
        return asked.get();
    }

    /** Whether it replies. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** How long it takes to reply. */
    public void slow(long ms) {
        delayMs = ms;
    }

    /** What its discovery document says that it is. */
    public void says(String name) {
        issuer = name;
    }

    /** Who signs in, by the claims of the ID token, and by those that are told at the userinfo endpoint alone. */
    public void signsIn(Map<String, Object> claims, Map<String, Object> further) {
        person = claims;
        personFurther = further;
    }

    /** An access token that is all right, but for what is changed. */
    public String token(Map<String, Object> claims, Consumer<JWTClaimsSet.Builder> change) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims, AUDIENCE, change);
    }

    /** An access token that is all right. */
    public String token(Map<String, Object> claims) {
        return token(claims, builder -> { });
    }

    private String sign(JWSHeader header, Map<String, Object> claims, String audience, Consumer<JWTClaimsSet.Builder> change) {
        try {
            SignedJWT token = new SignedJWT(header, claims(claims, audience, change));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a token that is all right, but for what is changed. */
    public JWTClaimsSet claims(Map<String, Object> claims, String audience, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder().issuer(url()).audience(audience).subject("subject")
                .issueTime(new Date()).expirationTime(Date.from(Instant.now().plusSeconds(300)));
        claims.forEach(builder::claim);
        change.accept(builder);
        return builder.build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            Thread.sleep(delayMs);
            if (down) {
                send(exchange, 503, Map.of());
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, Map.of("issuer", issuer, "jwks_uri", url() + "/keys",
                        "authorization_endpoint", url() + "/authorize", "token_endpoint", url() + "/token",
                        "userinfo_endpoint", url() + "/userinfo",
                        "end_session_endpoint", url() + "/end-session"));
                case "/keys" -> {
                    keysRead.incrementAndGet();
                    send(exchange, 200, new JWKSet(List.of(key.toPublicJWK())).toJSONObject());
                }
                case "/authorize" -> authorize(exchange);
                case "/token" -> exchangeCode(exchange);
                case "/end-session" -> endSession(exchange);
                case "/userinfo" -> {
                    Map<String, Object> all = new HashMap<>(person);
                    all.putAll(personFurther);
                    send(exchange, 200, all);
                }
                default -> send(exchange, 404, Map.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever comes is signed in already. */
    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        boolean fine = CLIENT.equals(asked.get("client_id")) && "S256".equals(asked.get("code_challenge_method"))
                && "code".equals(asked.get("response_type")) && asked.get("scope").contains("openid");
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?state=" + asked.get("state").replace("=", "%3D")
                + (fine && !person.isEmpty() ? "&code=" + code : "&error=access_denied"));
        exchange.sendResponseHeaders(302, -1);
    }

    private void endSession(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        try {
            SignedJWT token = SignedJWT.parse(asked.getOrDefault("id_token_hint", ""));
            if (!token.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
                throw new IllegalArgumentException("somebody else's token");
            }
            signedOut.add(token.getJWTClaimsSet().getSubject());
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException(e);
        }
        exchange.getResponseHeaders().set("Location", asked.get("post_logout_redirect_uri"));
        exchange.sendResponseHeaders(302, -1);
    }

    private void exchangeCode(HttpExchange exchange) throws IOException {
        Map<String, String> sent = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
        if (asked == null || !sent.get("redirect_uri").equals(asked.get("redirect_uri"))
                || !challenge(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
            send(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        String idToken = sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), person, CLIENT,
                builder -> builder.claim("nonce", asked.get("nonce")));
        send(exchange, 200, Map.of("access_token", UUID.randomUUID().toString(), "token_type", "Bearer", "expires_in", 300,
                "id_token", idToken));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            int is = part.indexOf('=');
            parameters.put(URLDecoder.decode(part.substring(0, is), StandardCharsets.UTF_8),
                    URLDecoder.decode(part.substring(is + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
