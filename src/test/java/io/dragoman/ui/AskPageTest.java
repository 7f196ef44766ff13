package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dragoman.testing.SlowWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Asking questions on the page. */
class AskPageTest extends PagesTest {

    private static final String ORDERS = "how many orders are there per status";

    private void ask(String text) {
        question().fill(text);
        question().press("Enter");
    }

    private void askAboutOrders() {
        open("/?q=" + ORDERS.replace(" ", "%20") + "&group=ecommerce");
        assertThat(part("Rows")).isVisible();
    }

    @Test
    void showsStagesQueryRowsAndAnswerOfAQuestion() {
        open("/");
        ask("how many products are there in ecommerce");
        assertThat(part("Answer")).containsText("20");
        assertThat(part("Rows").locator("vaadin-grid-cell-content").getByText("20", new Locator.GetByTextOptions()
                .setExact(true))).isVisible();
        assertThat(part("Query").locator("code")).containsText(Pattern.compile("select", Pattern.CASE_INSENSITIVE));
        assertThat(part("Query").locator("header")).containsText("checked");
        for (String stage : new String[] {"intent", "retrieve", "analyse", "generate", "validate", "execute", "answer"}) {
            Locator shown = page.locator(".stages li[data-stage=" + stage + "]");
            assertThat(shown).hasAttribute("data-state", "done");
            assertThat(shown.locator(".stage-time")).containsText("ms");
        }
        assertThat(part("How it was read")).isVisible();
    }

    @Test
    void aDeepLinkAsksWithinItsSchemaGroup() {
        askAboutOrders();
        assertThat(question()).hasValue(ORDERS);
        assertThat(page.locator("vaadin-select")).containsText("ecommerce");
        assertThat(part("How it was read").locator(".hits .mono").first()).hasText("orders");
    }

    @Test
    void theRowsAreDrawnWithTheTableStillThere() {
        askAboutOrders();
        Locator chart = part("Chart").locator("dragoman-chart");
        assertThat(chart).hasAttribute("role", "img");
        assertThat(chart).hasAttribute("aria-label", Pattern.compile("Bar chart of count by status.*delivered: 17.*"));
        assertThat(chart.locator("svg text").getByText("delivered")).isVisible();
        Locator bars = chart.locator("svg path[fill]");
        String light = bars.last().getAttribute("fill");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForFunction("light => ![...document.querySelectorAll('dragoman-chart svg path[fill]')]"
                + ".some(path => path.getAttribute('fill') === light)", light);
        assertThat(part("Rows").locator("vaadin-grid")).isVisible();
        page.setViewportSize(380, 800);
        fitsTheWindow();
    }

    @Test
    void aChoiceThatIsClickedIsPutIntoTheQuestionAndAsked() {
        server().post("/api/v1/schemas/upload", """
                {"schema_group_name": "fleet", "schema_data": {"dialect": "sqlite", "tables": [
                  {"name": "ferries", "columns": [{"name": "ferry_id", "type": "integer", "primary_key": true},
                    {"name": "tonnage", "type": "numeric"}]},
                  {"name": "barges", "columns": [{"name": "barge_id", "type": "integer", "primary_key": true},
                    {"name": "tonnage", "type": "numeric"}]}]}}
                """);
        open("/?q=What%20is%20the%20average%20tonnage%3F&group=fleet");
        assertThat(part("Which did you mean?")).isVisible();
        assertThat(part("Query")).hasCount(0);
        button("barges.tonnage").click();
        assertThat(question()).hasValue("What is the average barges.tonnage?");
        assertThat(page.locator(".history li")).hasCount(2);
        assertThat(part("Which did you mean?")).hasCount(0);
        assertThat(part("Query")).containsText("barges");
    }

    @Test
    void rowsThatNoChartFitsSaySo() {
        open("/?q=list%20the%20names%20of%20the%20products&group=ecommerce");
        assertThat(part("Chart")).containsText("best read as a table");
        assertThat(part("Chart").locator("dragoman-chart")).hasCount(0);
    }

    @Test
    void cancelStopsTheQueryInTheDatabase() {
        SlowWorld world = SlowWorld.in(server());
        open("/?q=list%20the%20tortoises&group=tortoises");
        world.awaitRunning(1);
        button("Cancel").click();
        assertThat(world.awaitRunning(0)).as("before its time is over").isLessThan(Duration.ofSeconds(20));
        assertThat(part("Cancelled")).isVisible();
        assertThat(page.locator(".stages li[data-stage=execute]")).containsText("stopped");
        assertThat(button("Cancel")).isHidden();
        askAboutOrders();
    }

    @Test
    void leavingThePageStopsTheQueryToo() {
        SlowWorld world = SlowWorld.in(server());
        open("/?q=list%20the%20tortoises&group=tortoises");
        world.awaitRunning(1);
        page.locator("vaadin-side-nav-item").getByText("Schema groups").click();
        assertThat(world.awaitRunning(0)).as("before its time is over").isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void theQueryIsCopied() {
        askAboutOrders();
        part("Query").locator("button.copy").click();
        assertThat(part("Query").locator("button.copy")).hasText("Copied");
        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo(part("Query").locator("code").textContent());
    }

    @Test
    void theRowsAreDownloadedAsCsv() throws IOException {
        askAboutOrders();
        Download download = page.waitForDownload(() -> page.getByText("Download CSV").click());
        assertThat(Files.readString(download.path())).startsWith("\uFEFFstatus,").contains("delivered,");
    }

    @Test
    void aQuestionInTheSameConversationIsAFollowUp() {
        askAboutOrders();
        assertThat(page.getByText("Goes on in ecommerce")).isVisible();
        ask("now only the delivered ones");
        assertThat(page.locator(".history li")).hasCount(2);
        assertThat(page.locator(".stages li[data-stage=intent]")).hasAttribute("title", Pattern.compile(".*follow-up.*"));
        assertThat(part("Query").locator("code")).containsText(Pattern.compile("'delivered'[\\s\\S]*GROUP BY"));
    }

    @Test
    void earlierQuestionsAreShownAndAskedAgain() {
        askAboutOrders();
        ask("list the categories of the products");
        assertThat(page.locator(".history li")).hasCount(2);
        page.locator(".history li").last().getByText(ORDERS).click();
        assertThat(question()).hasValue(ORDERS);
        button("Ask again: " + ORDERS).click();
        assertThat(page.locator(".history li")).hasCount(3);
        button("New conversation").click();
        assertThat(page.locator(".samples")).isVisible();
        assertThat(question()).hasValue("");
    }

    @Test
    void aSampleQuestionIsAskedByAClick() {
        open("/");
        Locator sample = page.locator(".samples .chip").first();
        String words = sample.textContent();
        sample.click();
        assertThat(page.locator(".reply section.card").first()).isVisible();
        assertThat(question()).hasValue(words.strip());
    }

    @Test
    void aQuestionThatIsNotUnderstoodIsNotAnswered() {
        open("/?group=ecommerce");
        ask("the frobnication of zorblatts by quux");
        Locator refusal = page.locator("section.failure, section.clarification");
        assertThat(refusal.first()).isVisible();
        assertThat(part("Query")).hasCount(0);
        assertThat(part("Rows")).hasCount(0);
    }

    @Test
    void anUnknownSchemaGroupIsAnErrorWithATraceId() {
        open("/?q=how%20many%20orders&group=nowhere");
        assertThat(page.locator("section.failure")).containsText("nowhere");
        assertThat(page.locator("section.failure")).containsText(Pattern.compile("Trace [0-9a-f]{32}"));
    }

    @Test
    void anEmptyQuestionIsNotAsked() {
        open("/");
        question().press("Enter");
        assertThat(page.getByText("Type a question first.")).isVisible();
        assertThat(page.locator(".reply section")).hasCount(0);
    }

    @Test
    void markupInAQuestionStaysText() {
        open("/");
        ask("<img src=x onerror=document.title='owned'> orders");
        assertThat(page.locator(".reply section.card").first()).isVisible();
        assertThat(page.locator(".reply img, .history img")).hasCount(0);
        assertThat(page.title()).isEqualTo("Ask");
    }

    @Test
    void theKeyboardIsEnough() {
        open("/");
        assertThat(question()).isFocused();
        page.keyboard().type("how many customers");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("are there in ecommerce");
        assertThat(question()).hasValue("how many customers\nare there in ecommerce");
        page.keyboard().press("Enter");
        assertThat(part("Rows")).isVisible();
        for (int i = 0; i < 25 && !(Boolean) page.evaluate("document.activeElement.matches('button.copy')"); i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(part("Query").locator("button.copy")).hasText("Copied");
    }

    @Test
    void aNarrowWindowHoldsEverything() {
        page.setViewportSize(380, 800);
        askAboutOrders();
        fitsTheWindow();
        assertThat(button("Ask")).isVisible();
    }

    @Test
    void peopleWhoSeeOrHearDifferentlyCanUseIt() {
        open("/");
        assertThat(page.locator(".samples .chip").first()).isVisible();
        meetsTheAccessibilityRules();
        askAboutOrders();
        meetsTheAccessibilityRules();
    }
}
