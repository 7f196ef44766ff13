package io.dragoman.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Tokens and sign-in of an OpenID Connect provider, {@code dragoman.security.oidc}.
 *
 * @param issuer           its URL as tokens name it, below which the discovery document is; empty for none
 * @param audience         what access tokens have to be meant for; empty takes no tokens at the API
 * @param clientId         this server's at the provider; empty for no sign-in to the pages
 * @param clientSecret     empty for a public client; PKCE is used in any case
 * @param name             of the provider, for the sign-in button
 * @param redirectUri      where the provider sends people back to; empty takes the address that the browser asked
 * @param scopes           asked for at sign-in
 * @param nameClaim        of the user's name
 * @param rolesClaim       of the roles: a list, or words in one text; dots lead into objects
 * @param roles            by role, the values of that claim that give it; empty takes the names of the roles themselves
 * @param defaultRoles     of whoever has none by that claim
 * @param groupsClaim      of the schema groups to be seen; empty has everybody see all
 * @param groupsPrefix     what the values begin with that name schema groups; the others are left out
 * @param dataSourcesClaim of the datasources to be seen; empty for those that bear the name of a schema group in sight
 * @param algorithms       that tokens may be signed with
 * @param clockSkew        how far apart the clocks may be
 * @param timeout          of a call to the provider
 * @param keysFor          how long the provider's keys are kept
 */
@Validated
@ConfigurationProperties("dragoman.security.oidc")
public record OidcProperties(@Pattern(regexp = "(https?://.+)?", message = "has to be a URL") @DefaultValue("") String issuer,
        @DefaultValue("") String audience, @DefaultValue("") String clientId, @DefaultValue("") String clientSecret,
        @NotBlank @DefaultValue("single sign-on") String name, @DefaultValue("") String redirectUri,
        @NotEmpty @DefaultValue({"openid", "profile"}) Set<String> scopes,
        @NotBlank @DefaultValue("preferred_username") String nameClaim,
        @NotBlank @DefaultValue("roles") String rolesClaim, @NotNull @DefaultValue Map<@Pattern(regexp = ROLE,
                message = "has to be a role") String, List<String>> roles,
        @NotNull @DefaultValue Set<@Pattern(regexp = ROLE, message = "has to be a role") String> defaultRoles, @DefaultValue("") String groupsClaim,
        @DefaultValue("") String groupsPrefix, @DefaultValue("") String dataSourcesClaim,
        @NotEmpty @DefaultValue({"RS256", "PS256", "ES256"}) Set<@Pattern(regexp = "(RS|PS|ES)(256|384|512)",
                message = "has to be one of RS, PS and ES with 256, 384 or 512") String> algorithms,
        @NotNull @DefaultValue("30s") Duration clockSkew, @NotNull @DurationMin(millis = 100) @DefaultValue("3s") Duration timeout,
        @NotNull @DurationMin(seconds = 30) @DefaultValue("10m") Duration keysFor) {

    private static final String ROLE = "asker|curator|approver|admin";

    /** Whether the API takes access tokens. */
    public boolean takesTokens() {
        return !issuer.isBlank() && !audience.isBlank();
    }

    /** Whether people sign in to the pages there. */
    public boolean signsIn() {
        return !issuer.isBlank() && !clientId.isBlank();
    }

    @Override
    public String toString() {
        return "OidcProperties[" + issuer + "]";
    }
}
