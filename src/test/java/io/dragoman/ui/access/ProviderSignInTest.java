package io.dragoman.ui.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.vaadin.flow.spring.SpringBootAutoConfiguration;
import com.vaadin.flow.spring.SpringSecurityAutoConfiguration;
import io.dragoman.cluster.Changes;
import io.dragoman.cluster.Node;
import io.dragoman.config.DragomanProperties;
import io.dragoman.config.OidcProperties;
import io.dragoman.security.FirstAccess;
import io.dragoman.security.SignedIn;
import io.dragoman.security.Users;
import io.dragoman.security.oidc.TestIssuer;
import io.dragoman.storage.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Signing in at an OpenID Connect provider through the filters that stand before the pages, without the pages. */
@SpringBootTest(classes = ProviderSignInTest.Doorkeeper.class)
@AutoConfigureMockMvc
class ProviderSignInTest {

    private static final HttpClient WEB = HttpClient.newHttpClient();

    private final TestIssuer issuer = TestIssuer.shared();
    @Autowired
    private MockMvc pages;
    @Autowired
    private Users users;

    /** The filters, and what they ask. */
    @Configuration
    @EnableConfigurationProperties({DragomanProperties.class, OidcProperties.class})
    @Import({PagesSecurity.class, Changes.class, Node.class})
    @ComponentScan(basePackages = "io.dragoman.security",
            excludeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = FirstAccess.class))
    @ImportAutoConfiguration({WebMvcAutoConfiguration.class, SecurityAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class, SpringBootAutoConfiguration.class,
        SpringSecurityAutoConfiguration.class})
    static class Doorkeeper {

        @Bean
        DataSource database() {
            return TestDatabase.fresh().dataSource();
        }
    }

    @DynamicPropertySource
    static void atTheIssuer(DynamicPropertyRegistry registry) {
        registry.add("dragoman.security.oidc.issuer", TestIssuer.shared()::url);
        registry.add("dragoman.security.oidc.client-id", () -> TestIssuer.CLIENT);
    }

    private MockHttpServletResponse visit(String path, MockHttpSession session) throws Exception {
        return pages.perform(get(URI.create(path)).session(session)).andReturn().getResponse();
    }

    private String throughTheIssuer(MockHttpSession session) throws Exception {
        String there = visit("/oauth2/authorization/oidc", session).getRedirectedUrl();
        assertThat(there).startsWith(issuer.url() + "/authorize").contains("code_challenge_method=S256", "nonce=", "state=");
        HttpResponse<Void> back = WEB.send(HttpRequest.newBuilder(URI.create(there)).build(), HttpResponse.BodyHandlers.discarding());
        return back.headers().firstValue("Location").orElseThrow().replace("http://localhost", "");
    }

    @Test
    void whoTheIssuerVouchesForGetsASessionWithTheRolesOfTheClaims() throws Exception {
        String name = "ada-" + UUID.randomUUID();
        issuer.signsIn(Map.of("sub", name, "preferred_username", name), Map.of("roles", List.of("curator", "else")));
        MockHttpSession session = new MockHttpSession();
        assertThat(visit(throughTheIssuer(session), session).getRedirectedUrl()).isEqualTo("/");
        SecurityContext context = (SecurityContext) session.getAttribute("SPRING_SECURITY_CONTEXT");
        SignedIn person = SignedIn.of(context.getAuthentication()).orElseThrow();
        assertThat(context.getAuthentication().getAuthorities()).extracting("authority").containsExactly("ROLE_CURATOR");
        assertThat(person.caller().name()).isEqualTo(name);
        assertThat(users.get(name).external()).isTrue();
        issuer.signsIn(Map.of("sub", name, "roles", "approver asker"), Map.of());
        MockHttpSession later = new MockHttpSession();
        visit(throughTheIssuer(later), later);
        assertThat(person.caller().roles()).as("what the provider says now counts for the older session too")
                .extracting(Enum::name).containsExactlyInAnyOrder("APPROVER", "ASKER");
    }

    @Test
    void stolenAndForgedRepliesLetNobodyIn() throws Exception {
        issuer.signsIn(Map.of("sub", "victim", "roles", "admin"), Map.of());
        MockHttpSession victim = new MockHttpSession();
        String reply = throughTheIssuer(victim);
        MockHttpSession thief = new MockHttpSession();
        assertThat(visit(reply, thief).getRedirectedUrl()).isEqualTo("/login?error=provider");
        throughTheIssuer(thief);
        assertThat(visit(reply, thief).getRedirectedUrl()).isEqualTo("/login?error=provider");
        assertThat(thief.getAttribute("SPRING_SECURITY_CONTEXT")).isNull();
        issuer.signsIn(Map.of(), Map.of());
        MockHttpSession refused = new MockHttpSession();
        assertThat(visit(throughTheIssuer(refused), refused).getRedirectedUrl()).isEqualTo("/login?error=provider");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site, 403", "Sec-Fetch-Site, same-site, 403", "Sec-Fetch-Site, none, 403",
        "Origin, null, 403", "Origin, http://evil.example, 403", "Origin, http://localhost.evil.example, 403",
        "Origin, http://localhost:8081, 403", "Sec-Fetch-Site, same-origin, 302", "Origin, http://localhost, 302",
        "Origin, https://localhost:443, 302", "Accept, text/html, 302"})
    void passwordsAreTakenFromThePagesOwnFormAlone(String header, String value, int status) throws Exception {
        assertThat(pages.perform(post("/login").param("username", "somebody").param("password", "x").servletPath("").pathInfo("/login")
                .header("Host", "localhost").header(header, value)).andReturn().getResponse().getStatus()).isEqualTo(status);
    }

    @Test
    void anIdTokenOfAnotherIssuerLetsNobodyIn() throws Exception {
        issuer.signsIn(Map.of("sub", "mallory", "roles", "admin", "iss", "https://issuer.example"), Map.of());
        MockHttpSession session = new MockHttpSession();
        assertThat(visit(throughTheIssuer(session), session).getRedirectedUrl()).isEqualTo("/login?error=provider");
        assertThat(session.getAttribute("SPRING_SECURITY_CONTEXT")).isNull();
    }
}
