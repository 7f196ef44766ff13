package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Giving feedback under an answer, and reviewing it. */
class FeedbackPageTest extends PagesTest {

    private void ask(String text) {
        open("/");
        question().fill(text);
        question().press("Enter");
        assertThat(part("Feedback")).isVisible();
    }

    private Locator in(String title, String name) {
        return part(title).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String unheardOf(String of) {
        return "how many " + of + " have a price above " + System.nanoTime() % 1_000_000_000;
    }

    @Test
    void thumbsAreGivenTakenBackAndRememberedAndTheQuestionIsAskedAgainWithWhatIsWrong() {
        ask("how many orders are there by status in ecommerce");
        button("This is right").click();
        assertThat(button("This is right")).hasAttribute("aria-pressed", "true");
        button("Undo").click();
        assertThat(button("This is right")).hasAttribute("aria-pressed", "false");
        button("This is wrong").click();
        assertThat(button("This is wrong")).hasAttribute("aria-pressed", "true");
        part("Feedback").getByLabel("The query as it should be").fill("DROP TABLE orders");
        button("Send to the curators").click();
        assertThat(part("Feedback").locator(".findings")).isVisible();
        part("Feedback").getByLabel("What should be different?").fill("exclude cancelled ones");
        button("Ask again with this").click();
        assertThat(part("Query")).containsText("cancelled");
        assertThat(button("This is wrong")).hasAttribute("aria-pressed", "false");
    }

    @Test
    void aCuratorMakesACorrectionAnExampleAndTakesThatBack() {
        String text = unheardOf("products");
        open("/?group=ecommerce&q=" + text.replace(" ", "%20"));
        assertThat(part("Feedback")).isVisible();
        button("This is wrong").click();
        part("Feedback").getByLabel("What should be different?").fill("it should be the cheap ones");
        part("Feedback").getByLabel("The query as it should be").fill("SELECT count(*) AS cheap FROM products WHERE price < 30");
        button("Send to the curators").click();
        assertThat(page.getByText("Sent. A curator will look at it.")).isVisible();

        open("/feedback");
        assertThat(part(text)).containsText("it should be the cheap ones");
        assertThat(part(text).locator("dragoman-query")).hasCount(1);
        Locator correction = part(text).getByLabel("The correction");
        correction.fill("SELECT count(*) FROM pruducts");
        in(text, "Make it an example").click();
        assertThat(part(text).locator(".error")).containsText("pruducts");
        correction.fill("SELECT count(*) AS cheap FROM products WHERE price < 25");
        in(text, "Make it an example").click();
        assertThat(page.getByText("It is an example now")).isVisible();
        assertThat(part(text)).hasCount(0);
        assertThat(asked(text)).contains("cheap");
        button("Undo").click();
        assertThat(part(text)).isVisible();
        assertThat(asked(text)).doesNotContain("cheap");
        part(text).getByLabel("Comment").fill("no, that is right");
        in(text, "Reject").click();
        assertThat(part(text)).hasCount(0);

        page.getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName(
                java.util.regex.Pattern.compile("^Status"))).click();
        page.getByRole(AriaRole.OPTION, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Rejected")).click();
        assertThat(part(text)).containsText("no, that is right");
        in(text, "Reopen").click();
        assertThat(part(text)).hasCount(0);
    }

    @Test
    void saysThatNothingWaitsAndFitsAndIsAccessible() {
        server().get("/api/v1/feedback?status=open&limit=1000").data().path("items").forEach(item -> server().post(
                "/api/v1/feedback/" + item.path("id").asText() + "/review", "{\"decision\": \"rejected\"}"));
        open("/feedback");
        assertThat(page.getByText("No feedback waits for you")).isVisible();
        String run = server().post("/api/v1/query", "{\"query\": \"how many orders are there by status\","
                + " \"schema_group_id\": \"ecommerce\"}").data().path("query_id").asText();
        server().post("/api/v1/feedback", "{\"query_id\": \"" + run + "\", \"rating\": -1, \"comment\": \"Only those that count.\","
                + " \"correction\": \"SELECT status, COUNT(*) AS n FROM orders WHERE stat <> 'cancelled' GROUP BY status\"}");
        open("/feedback");
        assertThat(page.locator(".review")).hasCount(1);
        meetsTheAccessibilityRules();
        page.setViewportSize(380, 800);
        fitsTheWindow();
        page.setViewportSize(1280, 900);
        ask("how many orders are there by status in ecommerce");
        button("This is wrong").click();
        assertThat(button("Ask again with this")).isVisible();
        meetsTheAccessibilityRules();
        page.setViewportSize(380, 800);
        fitsTheWindow();
    }

    private String asked(String text) {
        return server().post("/api/v1/query", "{\"query\": \"" + text + "\", \"schema_group_id\": \"ecommerce\"}").data()
                .path("query").asText();
    }
}
