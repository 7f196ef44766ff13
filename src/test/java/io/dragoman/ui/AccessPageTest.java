package io.dragoman.ui;

import static io.dragoman.testing.Eventually.eventually;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Users, API keys and the audit log on their page. */
class AccessPageTest extends PagesTest {

    private void tab(String name) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).locator("visible=true");
    }

    private Locator shown(String text) {
        return page.locator("vaadin-grid-cell-content").filter(new Locator.FilterOptions().setHasText(text)).locator("visible=true");
    }

    private void role(String name) {
        page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(name).setExact(true)).check();
    }

    private void choose(String label, String item) {
        field(label).click();
        field(label).fill(item);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(item).setExact(true)).click();
        page.keyboard().press("Tab");
    }

    @Test
    void aUserIsAddedWithASightAndAPasswordThatIsToldOnce() {
        String name = "user-" + UUID.randomUUID();
        open("/access");
        button("Add a user").click();
        field("Name").fill("not a name");
        button("Save").click();
        assertThat(page.getByText("letters, digits")).isVisible();
        field("Name").fill(name);
        role("curator");
        page.getByLabel("Only these").check();
        choose("Schema groups", "ecommerce");
        button("Save").click();
        String password = field("One-time password").inputValue();
        button("I have it").click();
        assertThat(shown(name)).isVisible();
        assertThat(shown(name)).containsText("sees ecommerce");
        assertThat(server().get("/api/v1/users/" + name).text()).contains("\"curator\"", "\"must_change_password\":true");
        assertThat(page.content()).doesNotContain(password);
        signOut();
        signIn(name, password);
        page.navigate(address("/"));
        assertThat(part("Change your password")).isVisible();
    }

    @Test
    void aUserIsEditedDisabledAndGivenAnotherPassword() {
        String name = "user-" + UUID.randomUUID();
        server().post("/api/v1/users", "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"schema_groups\": [\"retail\"],"
                + " \"data_sources\": [\"retail\"]}");
        open("/access");
        button("Edit " + name).click();
        role("approver");
        page.getByLabel("Every schema group and datasource").check();
        button("Save").click();
        assertThat(shown(name)).containsText("sees every schema group");
        assertThat(server().get("/api/v1/users/" + name).text()).contains("\"approver\"", "\"data_sources\":null");
        button("New one-time password for " + name).click();
        button("Make one").click();
        assertThat(field("One-time password")).isVisible();
        button("I have it").click();
        button("Disable " + name).click();
        button("Disable").click();
        assertThat(shown(name)).containsText("disabled");
        button("Enable " + name).click();
        assertThat(button("Disable " + name)).isVisible();
    }

    @Test
    void aKeyIsMadeCopiedUsedAndRevoked() {
        String name = "key-" + UUID.randomUUID();
        open("/access");
        tab("API keys");
        button("Make a key").click();
        button("Make it").click();
        assertThat(page.getByText("Needed, to recognise it by.")).isVisible();
        field("What it is for").fill(name);
        page.getByLabel("Only these").check();
        choose("Schema groups", "retail");
        field("Calls a second").fill("7");
        button("Make it").click();
        button("Copy").click();
        assertThat(page.getByText("Copied.")).isVisible();
        String key = (String) page.evaluate("navigator.clipboard.readText()");
        assertThat(key).startsWith("drg_").isEqualTo(field("API key").inputValue());
        button("I have it").click();
        assertThat(shown(name)).containsText("sees retail");
        assertThat(shown(name)).containsText("7 calls a second");
        assertThat(server().with(key).get("/api/v1/schemas/retail").status()).isEqualTo(200);
        assertThat(server().with(key).get("/api/v1/schemas/ecommerce").status()).isEqualTo(404);
        button("Revoke " + name).click();
        button("Revoke").click();
        assertThat(shown(name)).containsText("revoked");
        assertThat(server().with(key).get("/api/v1/schemas/retail").status()).isEqualTo(401);
    }

    @Test
    void theAuditLogIsFilteredAndTurned() {
        String name = "auditee-" + UUID.randomUUID();
        server().post("/api/v1/users", "{\"name\": \"" + name + "\"}");
        awaitAudit("subject=" + name, 1);
        open("/access");
        tab("Audit log");
        field("On what").fill(name);
        button("Show").click();
        assertThat(shown("user.created")).hasCount(1);
        assertThat(shown("user.created")).containsText("bootstrap");
        field("Who").fill("nobody-of-that-name");
        button("Show").click();
        assertThat(page.getByText("Nothing like that happened")).isVisible();
        field("Who").fill("");
        field("On what").fill("");
        for (int i = 0; i < 55; i++) {
            server().get("/api/v1/users?limit=1");
        }
        awaitAudit("limit=1", 55);
        button("Show").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Next").setExact(true)).locator("visible=true").click();
        assertThat(page.getByText("51 to ").locator("visible=true")).isVisible();
    }

    /** Waits until the audit log, which is written soon after, has so many entries. */
    private void awaitAudit(String which, int least) {
        eventually(() -> server().get("/api/v1/audit?" + which).data().path("total").asInt() >= least);
    }

    @Test
    void fitsAndIsAccessible() {
        open("/access");
        for (String tab : new String[] {"Users", "API keys", "Audit log"}) {
            page.setViewportSize(1280, 900);
            tab(tab);
            meetsTheAccessibilityRules();
            page.setViewportSize(420, 900);
            fitsTheWindow();
        }
        page.setViewportSize(1280, 900);
        tab("API keys");
        button("Make a key").click();
        page.getByLabel("Only these").check();
        meetsTheAccessibilityRules();
    }

    @Test
    void onlyAdministratorsHaveThePage() {
        String name = "curator-" + UUID.randomUUID();
        server().post("/api/v1/users", "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"roles\": [\"curator\"]}");
        signOut();
        signIn(name, PASSWORD);
        open("/schema-groups");
        assertThat(page.locator("vaadin-side-nav").getByText("Access")).hasCount(0);
        open("/access");
        assertThat(page.getByText("There is no page here")).isVisible();
        assertThat(button("Add a user")).hasCount(0);
    }
}
