package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approving and rejecting on the page. */
class ApprovalsPageTest extends PagesTest {

    @BeforeEach
    void nothingWaits() {
        server().get("/api/v1/approvals?limit=1000").data().path("items").forEach(item ->
                server().post("/api/v1/query/" + item.path("query_id").asText() + "/reject", "{}"));
    }

    private void wait(String question) {
        server().post("/api/v1/query", "{\"query\": \"" + question
                + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true, \"require_approval\": true}");
    }

    private Locator in(String question, String name) {
        return part(question).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void whoAskedSeesThatItWaitsAndAfterwardsTheRows() {
        open("/");
        page.getByLabel("With approval").check();
        question().fill("how many products are there in ecommerce");
        question().press("Enter");
        assertThat(part("Waiting for approval")).isVisible();
        assertThat(part("Rows")).hasCount(0);
        String id = server().get("/api/v1/approvals").data().path("items").path(0).path("query_id").asText();
        server().post("/api/v1/query/" + id + "/approve", "{\"comment\": \"go on\"}");
        button("Look again").click();
        assertThat(part("Approved")).containsText("go on");
        assertThat(part("Rows").locator("vaadin-grid-cell-content").getByText("20", new Locator.GetByTextOptions()
                .setExact(true))).isVisible();
    }

    @Test
    void approvesEditsAndRejects() {
        wait("how many products are there");
        wait("how many orders are there");
        wait("how many customers are there");
        open("/approvals");
        assertThat(page.locator(".pending")).hasCount(3);
        in("how many products are there", "Approve").click();
        assertThat(page.getByText("Approved and run. There are 20 products.")).isVisible();
        assertThat(page.locator(".pending")).hasCount(2);
        in("how many orders are there", "Edit the query").click();
        Locator editor = part("how many orders are there").getByLabel("The query to run in its place");
        editor.fill("DELETE FROM orders");
        in("how many orders are there", "Approve the edited query").click();
        assertThat(part("how many orders are there")).containsText("refused");
        editor.fill("SELECT count(*) AS n FROM customers");
        in("how many orders are there", "Approve the edited query").click();
        assertThat(page.locator(".pending")).hasCount(1);
        part("how many customers are there").getByLabel("Comment").fill("not today");
        in("how many customers are there", "Reject").click();
        assertThat(page.getByText("Nothing waits for you")).isVisible();
    }

    @Test
    void manyAreShownAPageAtATime() {
        for (int i = 0; i < 11; i++) {
            wait("how many orders are there");
        }
        open("/approvals");
        assertThat(page.locator(".pending")).hasCount(10);
        assertThat(page.getByText("1 to 10 of 11")).isVisible();
        button("Next").click();
        assertThat(page.locator(".pending")).hasCount(1);
        in("how many orders are there", "Reject").click();
        assertThat(page.locator(".pending")).hasCount(10);
        assertThat(button("Next")).isHidden();
    }

    @Test
    void fitsAndIsAccessible() {
        wait("how many orders are there");
        open("/approvals");
        assertThat(page.locator(".pending")).hasCount(1);
        button("Edit the query").click();
        meetsTheAccessibilityRules();
        page.setViewportSize(380, 800);
        fitsTheWindow();
    }
}
