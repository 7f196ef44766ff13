package io.dragoman.security.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.dragoman.config.OidcProperties;
import io.dragoman.failure.FailureException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * This server as a client of the provider, by which people sign in to the pages: authorization code with PKCE (RFC 7636). The
 * provider's addresses are looked up when somebody signs in. Thread-safe.
 */
@Component
public class OidcClient implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {

    /** The name of the registration, in the addresses of sign-in. */
    public static final String REGISTRATION = "oidc";

    private static final String CALLBACK = "/login/oauth2/code/";

    private final OidcProperties settings;
    private final OidcProvider provider;
    private final OidcTokens tokens;
    private final OidcClaims claims;
    private final SimpleClientHttpRequestFactory web = new SimpleClientHttpRequestFactory();

    OidcClient(OidcProperties settings, OidcProvider provider, OidcTokens tokens, OidcClaims claims) {
        this.settings = settings;
        this.provider = provider;
        this.tokens = tokens;
        this.claims = claims;
        web.setConnectTimeout(settings.timeout());
        web.setReadTimeout(settings.timeout());
    }

    /** Whether people can sign in at a provider. */
    public boolean configured() {
        return settings.signsIn();
    }

    /** What the provider is called on the sign-in button. */
    public String providerName() {
        return settings.name();
    }

    /**
     * This server's registration at the provider; null for any other name.
     *
     * @throws OAuth2AuthenticationException when the provider cannot be reached
     */
    @Override
    public ClientRegistration findByRegistrationId(String name) {
        if (!REGISTRATION.equals(name)) {
            return null;
        }
        OidcProvider.Addresses addresses;
        try {
            addresses = provider.addresses();
        } catch (FailureException e) {
            throw new OAuth2AuthenticationException(new OAuth2Error("temporarily_unavailable"), e.failure().message());
        }
        return ClientRegistration.withRegistrationId(REGISTRATION).clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .clientAuthenticationMethod(settings.clientSecret().isEmpty() ? ClientAuthenticationMethod.NONE
                        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(settings.redirectUri().isBlank() ? "{baseUrl}" + CALLBACK + "{registrationId}" : settings.redirectUri())
                .scope(settings.scopes()).issuerUri(settings.issuer()).authorizationUri(addresses.authorization())
                .tokenUri(addresses.token()).userInfoUri(addresses.userInfo()).userNameAttributeName("sub")
                .jwkSetUri(addresses.keys()).clientName(settings.name())
                .providerConfigurationMetadata(addresses.endSession() == null ? Map.of()
                        : Map.of("end_session_endpoint", addresses.endSession())).build();
    }

    /** Where the provider sends people whom it signed out; {@code {baseUrl}} stands for the address that the browser asked. */
    public String afterSignOut() {
        int callback = settings.redirectUri().indexOf(CALLBACK);
        return (callback < 0 ? "{baseUrl}" : settings.redirectUri().substring(0, callback)) + "/login";
    }

    /** Checks ID tokens as all tokens are checked, for this client. */
    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        OidcIdTokenValidator validator = new OidcIdTokenValidator(registration);
        validator.setClockSkew(settings.clockSkew());
        return text -> {
            Jwt token;
            try {
                token = token(text, tokens.check(text, settings.clientId()));
            } catch (FailureException e) {
                throw new JwtException(e.failure().message(), e);
            }
            OAuth2TokenValidatorResult result = validator.validate(token);
            if (result.hasErrors()) {
                throw new BadJwtException(result.getErrors().iterator().next().getDescription());
            }
            return token;
        };
    }

    private static Jwt token(String text, JWTClaimsSet checked) {
        Map<String, Object> claims = new LinkedHashMap<>();
        checked.getClaims().forEach((name, value) -> claims.put(name, value instanceof Date date ? date.toInstant() : value));
        if (claims.get("auth_time") instanceof Number seconds) {
            claims.put("auth_time", Instant.ofEpochSecond(seconds.longValue()));
        }
        return new Jwt(text, (Instant) claims.get("iat"), (Instant) claims.get("exp"), Map.of("alg", "checked"), claims);
    }

    /** Gets tokens for codes, within the configured time. */
    public RestClientAuthorizationCodeTokenResponseClient codes() {
        RestClientAuthorizationCodeTokenResponseClient codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder().requestFactory(web).messageConverters(converters -> {
            converters.clear();
            converters.add(new FormHttpMessageConverter());
            converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
        }).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
        return codes;
    }

    /** Who a checked ID token is about; asks the provider further where the token does not say what roles and sight need. */
    public OidcUser person(OidcUserRequest request) {
        RestTemplate rest = new RestTemplate(web);
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService further = new DefaultOAuth2UserService();
        further.setRestOperations(rest);
        OidcUserService people = new OidcUserService();
        people.setOauth2UserService(further);
        people.setRetrieveUserInfo(asked -> asked.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri() != null
                && !claims.sayEnough(asked.getIdToken().getClaims()));
        return people.loadUser(request);
    }
}
