package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy on its page. */
class PolicyPageTest extends PagesTest {

    @AfterEach
    void backToTheFile() {
        long version = server().get("/api/v1/policy").data().path("version").asLong();
        server().send(server().to("/api/v1/policy").header("Content-Type", "application/json").PUT(
                BodyPublishers.ofString("{\"version\": " + version + ", \"restore\": 0}")));
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).locator("visible=true");
    }

    private Locator yaml() {
        return field("The policy as YAML");
    }

    private Locator effect() {
        return part("What your change does");
    }

    @Test
    void aLimitOfTheFormIsPutInForceAndTheCommentsStay() {
        open("/policy");
        assertThat(effect()).containsText("Nothing was changed yet.");
        assertThat(button("Put it in force")).isDisabled();
        field("Most rows of a result").fill("7");
        field("Most rows of a result").blur();
        field("Columns").fill("customers.email, *.password");
        field("Columns").blur();
        assertThat(effect()).containsText("defaults.max_rows");
        assertThat(effect()).containsText("now 7");
        assertThat(effect()).containsText("also customers.email");
        field("Why (kept with the version)").fill("hide addresses");
        button("Put it in force").click();
        assertThat(page.getByText("is in force.")).isVisible();
        assertThat(part("Versions")).containsText("hide addresses");
        var kept = server().get("/api/v1/policy").data();
        assertThat(kept.path("policy").path("defaults").path("max_rows").asInt()).isEqualTo(7);
        assertThat(kept.path("yaml").asText()).contains("# Seconds, and rows of a result.", "blocked_columns: [customers.email, '*.password']");
        assertThat(kept.path("changed_by").asText()).isEqualTo("admin");
        assertThat(server().post("/api/v1/execute", "{\"datasource\": \"ecommerce\", \"query\": \"SELECT email FROM customers\"}").status())
                .isEqualTo(422);
    }

    @Test
    void aMistakeInTheTextIsShownWithItsLine() {
        open("/policy");
        yaml().fill("defaults:\n  max_rows: 5\n  max_row: 6\n");
        assertThat(page.getByText("did you mean")).isVisible();
        assertThat(button("Put it in force")).isDisabled();
        button("Show line 3").click();
        page.waitForFunction("() => { const a = document.activeElement;"
                + " return a.value && a.value.substring(a.selectionStart, a.selectionEnd) === '  max_row: 6'; }");
        yaml().fill("defaults:\n  max_rows: 5\nschema_groups:\n  bank:\n    max_rows: 3\n");
        assertThat(effect()).containsText("schema_groups.bank.max_rows");
        assertThat(field("Most rows of a result")).hasValue("5");
        button("Discard").click();
        assertThat(effect()).containsText("Nothing was changed yet.");
    }

    @Test
    void anEarlierVersionIsComparedAndPutInForceAgain() {
        open("/policy");
        for (String rows : new String[] {"11", "22"}) {
            field("Most rows of a result").fill(rows);
            field("Most rows of a result").blur();
            assertThat(effect()).containsText("now " + rows);
            button("Put it in force").click();
            assertThat(button("Put it in force")).isDisabled();
        }
        long latest = server().get("/api/v1/policy").data().path("version").asLong();
        button("Compare Version " + (latest - 1)).click();
        assertThat(page.getByText("was 22")).isVisible();
        button("Put it in force again").click();
        assertThat(part("Versions")).containsText("version " + (latest - 1) + " again");
        assertThat(field("Most rows of a result")).hasValue("11");
    }

    @Test
    void aCuratorReadsAndAnAskerDoesNotSeeThePage() {
        for (String role : new String[] {"curator", "asker"}) {
            String name = role + "-" + UUID.randomUUID();
            server().post("/api/v1/users", "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"roles\": [\"" + role + "\"]}");
            signOut();
            signIn(name, PASSWORD);
            open(role.equals("curator") ? "/schema-groups" : "/");
            assertThat(page.locator("vaadin-side-nav").getByText("Policy")).hasCount(role.equals("curator") ? 1 : 0);
            if (role.equals("curator")) {
                page.navigate(address("/policy"));
                assertThat(part("Limits for everybody")).isVisible();
                assertThat(button("Put it in force")).hasCount(0);
                assertThat(yaml()).not().isEditable();
                assertThat(field("Most rows of a result")).not().isEditable();
            }
        }
    }

    @Test
    void fitsAndIsAccessible() {
        open("/policy");
        field("Most rows of a result").fill("7");
        field("Most rows of a result").blur();
        assertThat(effect()).containsText("now 7");
        meetsTheAccessibilityRules();
        page.setViewportSize(420, 900);
        fitsTheWindow();
    }
}
