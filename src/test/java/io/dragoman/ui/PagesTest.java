package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.dragoman.api.Server;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.dragoman.security.oidc.TestIssuer;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.Requires;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The pages of a started server with the sample worlds, in a real browser. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Requires(Chromium.class)
@Timeout(600)
abstract class PagesTest {

    static final String PASSWORD = "the password of the tests";
    private static final String KEY = "the-key-of-the-page-tests-and-of-nobody-else";
    private static final String FOLDER = System.getProperty("java.io.tmpdir") + "/dragoman-pages-" + UUID.randomUUID();
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    /** No colour and no place is on its way to another, in any part of the page. */
    private static final String STANDS_STILL = """
            async () => {
              await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
              const moving = root => root.getAnimations().some(one => one.playState === 'running'
                  && one.effect.getComputedTiming().iterations !== Infinity)
                || [...root.querySelectorAll('*')].some(part => part.shadowRoot && moving(part.shadowRoot));
              return !moving(document);
            }""";

    /** A colour that begins to change only when the page is looked at is right a moment later; what is wrong stays so. */
    private static final int LOOKS_AGAIN = 3;
    private static final int A_TRANSITION_MS = 400;

    @LocalServerPort
    private int port;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> forgiven = new ArrayList<>();
    private BrowserContext context;
    Page page;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry registry) {
        registry.add("dragoman.data-dir", () -> FOLDER);
        registry.add("dragoman.db.url", DATABASE::url);
        registry.add("dragoman.db.user", DATABASE::user);
        registry.add("dragoman.security.oidc.issuer", TestIssuer.shared()::url);
        registry.add("dragoman.security.oidc.client-id", () -> TestIssuer.CLIENT);
        registry.add("dragoman.security.oidc.name", () -> "the test issuer");
        registry.add("dragoman.security.admin-password", () -> PASSWORD);
        registry.add("dragoman.security.bootstrap-api-key", () -> KEY);
    }

    @BeforeEach
    void openBrowser() {
        context = Chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(90_000);
        PlaywrightAssertions.setDefaultAssertionTimeout(90_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
        signIn("admin", PASSWORD);
    }

    /** Gets a session as signing in on the page gives it, without the page. */
    void signIn(String name, String password) {
        String page = context.request().get(address("/login")).text();
        String token = page.replaceFirst("(?s).*<meta name=\"_csrf\" content=\"([^\"]*)\".*", "$1");
        assertThat(context.request().post(address("/login"), RequestOptions.create().setForm(FormData.create()
                .set("username", name).set("password", password).set("_csrf", token))).url()).doesNotContain("/login");
    }

    /** The full address of a path. */
    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Takes what the browser complains of, when it names that, for what it should do. */
    void forgiveComplaintsOf(String what) {
        forgiven.add(what);
    }

    /** Forgets who is signed in. */
    void signOut() {
        context.clearCookies();
    }

    @AfterEach
    void closeBrowser() {
        context.close();
        assertThat(complaints).as("what the browser's console complains of")
                .filteredOn(complaint -> forgiven.stream().noneMatch(complaint::contains)).isEmpty();
    }

    /** Opens a page of the application. */
    void open(String path) {
        page.navigate(address(path));
        assertThat(page.locator("vaadin-app-layout")).isVisible();
    }

    /** The server's API, to prepare what a page shows. */
    Server server() {
        return new Server(port, KEY);
    }

    /** Where the question is written. */
    Locator question() {
        return page.getByLabel("Your question", new Page.GetByLabelOptions().setExact(true)).locator("visible=true");
    }

    /** A part of the page, by its title. */
    Locator part(String title) {
        return page.locator("section.card[aria-label=\"" + title + "\"]");
    }

    /** A button of the page. */
    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Fails with what keeps people from using the page as it is now, in light and in dark. */
    void meetsTheAccessibilityRules() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.waitForFunction("theme => document.documentElement.getAttribute('theme') === theme",
                    scheme.name().toLowerCase(Locale.ROOT));
            List<String> violations = violations();
            for (int again = 0; again < LOOKS_AGAIN && !violations.isEmpty(); again++) {
                page.waitForTimeout(A_TRANSITION_MS);
                violations = violations();
            }
            assertThat(violations).as("in " + scheme).isEmpty();
        }
    }

    private List<String> violations() {
        page.waitForFunction(STANDS_STILL);
        return new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21aa")).analyze().getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getHelp() + " at "
                        + rule.getNodes().stream().map(node -> node.getTarget() + " " + node.getHtml()).toList())
                .toList();
    }

    /** Fails when the page is wider than the window. */
    void fitsTheWindow() {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isLessThanOrEqualTo(0);
    }
}
