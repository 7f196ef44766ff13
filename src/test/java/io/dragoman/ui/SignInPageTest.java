package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.dragoman.api.Server;
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
}
