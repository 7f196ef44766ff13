package io.dragoman.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * The token that calls to Google carry: one that was given, or one that a service account's key is exchanged for. The address
 * that a key names is not used, as it could be anybody's. See developers.google.com/identity/protocols/oauth2/service-account.
 */
final class BigQueryToken {

    private static final String SCOPE = "https://www.googleapis.com/auth/bigquery";
    private static final Duration RENEWED_BEFORE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI endpoint;
    private final Secrets secrets;
    private String token;
    private Instant expires = Instant.EPOCH;

    BigQueryToken(HttpClient http, URI endpoint, Secrets secrets) {
        this.http = http;
        this.endpoint = endpoint;
        this.secrets = secrets;
    }

    /**
     * The token.
     *
     * @throws Connector.UnavailableException when there is none; the message has no secret
     */
    synchronized String get() throws IOException, InterruptedException {
        String given = secrets.options().get(BigQueryConnectorFactory.ACCESS_TOKEN);
        if (given != null) {
            return given;
        }
        if (Instant.now().isAfter(expires.minus(RENEWED_BEFORE))) {
            renew();
        }
        return token;
    }

    private void renew() throws IOException, InterruptedException {
        String key = secrets.options().get(BigQueryConnectorFactory.CREDENTIALS);
        if (key == null) {
            throw new Connector.UnavailableException("BigQuery needs the option 'credentials' (the JSON key of a service"
                    + " account) or 'access_token'", null);
        }
        String body = "grant_type=" + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8)
                + "&assertion=" + assertion(key);
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode reply = response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createObjectNode();
        if (!reply.hasNonNull("access_token")) {
            throw new Connector.UnavailableException("Google does not accept the service account's key (HTTP "
                    + response.statusCode() + ")", null);
        }
        token = reply.path("access_token").asText();
        expires = Instant.now().plusSeconds(reply.path("expires_in").asLong(600));
    }

    private String assertion(String text) {
        try {
            JsonNode key = JSON.readTree(text);
            Instant now = Instant.now();
            String claims = encode(JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT"))) + "."
                    + encode(JSON.writeValueAsBytes(Map.of("iss", key.path("client_email").asText(), "scope", SCOPE,
                            "aud", endpoint.toString(), "iat", now.getEpochSecond(), "exp", now.getEpochSecond() + 3_600)));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey(key.path("private_key").asText()));
            signature.update(claims.getBytes(StandardCharsets.US_ASCII));
            return claims + "." + encode(signature.sign());
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Connector.UnavailableException("The option 'credentials' is no JSON key of a service account", null);
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        StringBuilder base64 = new StringBuilder();
        pem.lines().filter(line -> !line.startsWith("-----")).forEach(line -> base64.append(line.strip()));
        return KeyFactory.getInstance("RSA").generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64.toString())));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
