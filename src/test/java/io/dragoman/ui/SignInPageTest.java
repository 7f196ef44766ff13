package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.RequestOptions;
import io.dragoman.api.Server;
import io.dragoman.security.oidc.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signing in and out, and what people without a role do not see. */
class SignInPageTest extends PagesTest {

    @Autowired
    private JdbcClient database;

    private void fill(String label, String value) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
    }

    private void signInOnThePage(String name, String password) {
        fill("Name", name);
        fill("Password", password);
        button("Sign in").click();
    }

    private String person(String roles) {
        String name = "person-" + UUID.randomUUID();
        Server.Reply made = server().post("/api/v1/users",
                "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"roles\": " + roles + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return name;
    }

    @Test
    void whoIsNotSignedInGetsThePageForThatAndThenThePageThatWasWanted() {
        signOut();
        page.navigate(address("/schema-groups"));
        assertThat(page).hasURL(Pattern.compile(".*/login.*"));
        signInOnThePage("admin", PASSWORD + "?");
        assertThat(page.getByText("That did not let you in")).isVisible();
        signInOnThePage("admin", PASSWORD);
        assertThat(page.locator("vaadin-app-layout")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/schema-groups.*"));
    }

    @Test
    void aPasswordThatWasMadeUpHasToBeChangedFirst() {
        String name = person("[\"asker\"]");
        database.sql("UPDATE users SET must_change_password = true WHERE name = ?").param(name).update();
        signOut();
        page.navigate(address("/login"));
        signInOnThePage(name, PASSWORD);
        assertThat(part("Change your password")).isVisible();
        page.navigate(address("/"));
        assertThat(part("Change your password")).isVisible();
        fill("Present password", PASSWORD);
        fill("New password, 12 characters or more", "another password");
        fill("The new one again", "another password");
        button("Change it").click();
        assertThat(question()).isVisible();
    }

    @Test
    void anAskerDoesNotSeeThePagesOfCurators() {
        signOut();
        page.navigate(address("/login"));
        signInOnThePage(person("[\"asker\"]"), PASSWORD);
        assertThat(question()).isVisible();
        assertThat(page.locator("vaadin-side-nav").getByText("Schema groups")).hasCount(0);
    }

    @Test
    void peopleSignInAtTheProviderAndGetThePageThatWasWanted() {
        String name = "ada-" + UUID.randomUUID();
        TestIssuer.shared().signsIn(Map.of("sub", name, "preferred_username", name), Map.of("roles", List.of("curator", "asker")));
        signOut();
        page.navigate(address("/schema-groups"));
        page.getByText("Sign in with the test issuer").click();
        assertThat(page.locator("vaadin-app-layout")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/schema-groups.*"));
        assertThat(page.locator("vaadin-side-nav").getByText("Access")).hasCount(0);
        assertThat(server().get("/api/v1/users/" + name).text()).contains("\"external\":true", "\"curator\"");
        TestIssuer.shared().signsIn(Map.of("sub", name, "roles", "admin"), Map.of());
        signOut();
        page.navigate(address("/access"));
        page.getByText("Sign in with the test issuer").click();
        assertThat(button("Add a user")).isVisible();
        page.locator("vaadin-menu-bar-button").first().click();
        page.getByText("Sign out").click();
        assertThat(page.getByText("Sign in with the test issuer")).isVisible();
        assertThat(page).hasURL(address("/login"));
        assertThat(TestIssuer.shared().signedOut()).contains(name);
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() {
        signOut();
        page.setContent("<form method='post' action='" + address("/login") + "'><input name='username' value='admin'>"
                + "<input name='password' value='" + PASSWORD + "'><button>A present for you</button></form>");
        Response reply = page.waitForResponse(address("/login"), () -> button("A present for you").click());
        assertThat(reply.status()).isEqualTo(403);
        page.navigate(address("/schema-groups"));
        assertThat(page).hasURL(Pattern.compile(".*/login.*"));
        forgiveComplaintsOf("403");
    }

    @Test
    void whomTheProviderDoesNotLetInIsTold() {
        TestIssuer.shared().signsIn(Map.of(), Map.of());
        signOut();
        page.navigate(address("/login"));
        page.getByText("Sign in with the test issuer").click();
        assertThat(page.getByText("let nobody in")).isVisible();
        page.navigate(address("/login/oauth2/code/oidc?code=stolen&state=forged"));
        assertThat(page.getByText("let nobody in")).isVisible();
        meetsTheAccessibilityRules();
        signInOnThePage("admin", PASSWORD);
        assertThat(page.locator("vaadin-app-layout")).isVisible();
    }

    /** Browsers ask for it of their own accord where a reply is no page. */
    @Test
    void theIconIsThereForWhoeverAsks() {
        signOut();
        APIResponse icon = page.context().request().get(address("/favicon.ico"));
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.body()).startsWith(0, 0, 1, 0);
    }

    @Test
    void formsOfOtherSitesDoNothingAndThePagesAreNotFramed() {
        APIResponse page = this.page.context().request().get(address("/login"));
        assertThat(page.headers().get("content-security-policy")).contains("frame-ancestors 'none'", "form-action 'self'",
                "object-src 'none'");
        assertThat(page.headers()).containsEntry("x-frame-options", "DENY").containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "same-origin");
        APIResponse forged = this.page.context().request().post(address("/logout"), RequestOptions.create().setMaxRedirects(0));
        assertThat(forged.status()).isNotEqualTo(200);
        open("/");
        assertThat(question()).isVisible();
    }
}
