package io.dragoman.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Keeping schema groups on the page. */
class SchemaGroupsPageTest extends PagesTest {

    private static final String HARBOUR = """
            {"schema_group_name": "%s", "schema_data": {"tables": [{"name": "ships", "description": "Ships in port",
              "columns": [{"name": "ship_id", "type": "integer", "primary_key": true},
                          {"name": "tonnage", "type": "numeric"}]}]}}""";

    private Locator node(String name) {
        return page.locator(".schema-tree .node", new Page.LocatorOptions()
                .setHasText(name)).first();
    }

    private void filter(String word) {
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Filter tables and columns")).fill(word);
    }

    private void upload(String name, String content) {
        upload(name, "application/json", content);
    }

    private void upload(String name, String type, String content) {
        button("Upload").click();
        page.locator("vaadin-upload input[type=file]").setInputFiles(
                new FilePayload(name, type, content.getBytes(StandardCharsets.UTF_8)));
    }

    private void close() {
        button("Close").click();
        assertThat(page.locator("vaadin-dialog-overlay")).hasCount(0);
    }

    @Test
    void aTableIsFoundDescribedAndSavedInPlace() {
        open("/schema-groups");
        filter("order_items");
        node("order_items").click();
        Locator card = part("order_items");
        assertThat(card).containsText("order_id");
        card.getByLabel("Other words for it, separated by commas").fill("basket lines, positions");
        card.getByText("Save").click();
        assertThat(page.getByText("Saved.")).isVisible();
        page.reload();
        filter("basket lines");
        node("order_items").click();
        assertThat(part("order_items").getByLabel("Other words for it, separated by commas"))
                .hasValue("basket lines, positions");
    }

    @Test
    void anUploadIsReportedAndDeletedAndTakenBack() {
        open("/schema-groups");
        upload("harbour.json", HARBOUR.formatted("harbour"));
        assertThat(page.locator(".import-outcome")).containsText("harbour has 1 tables now.");
        assertThat(page.locator(".import-outcome")).containsText("Added");
        close();
        node("harbour").click();
        assertThat(part("harbour")).isVisible();
        part("harbour").getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
        page.locator("vaadin-confirm-dialog-overlay").getByText("Delete", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.getByText("Deleted harbour.")).isVisible();
        assertThat(page.locator(".schema-tree .node").getByText("harbour")).hasCount(0);
        button("Undo").click();
        assertThat(node("harbour")).isVisible();
    }

    @Test
    void aBrokenUploadSaysInWhichLine() {
        open("/schema-groups");
        upload("broken.json", "{\"schema_group_name\": \"broken\",\n \"schema_data\": {\"tables\": [{\"name\": ]}}");
        assertThat(page.locator(".import-outcome[role=alert]")).containsText("line 2");
        page.locator("vaadin-upload input[type=file]").setInputFiles(new FilePayload("half.json", "application/json",
                "{\"schema_data\": {\"tables\": [\n{\"columns\": []}]}}".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator(".import-outcome[role=alert]")).containsText("Nothing was imported");
        assertThat(page.locator(".import-outcome[role=alert]")).containsText("line 2");
    }

    @Test
    void ddlAndYamlAreUploaded() {
        open("/schema-groups");
        upload("quays.sql", "application/sql", """
                CREATE TABLE quays (quay_id integer PRIMARY KEY, length numeric NOT NULL);
                CREATE TABLE cranes (crane_id integer PRIMARY KEY, quay_id integer REFERENCES quays (quay_id));
                """);
        assertThat(page.locator(".import-outcome")).containsText("quays has 2 tables now.");
        close();
        upload("pilots.yaml", "application/yaml", """
                schema_group_name: pilots
                schema_data:
                  tables:
                    - name: pilots
                      description: Who brings ships in
                      columns:
                        - {name: pilot_id, type: integer, primary_key: true}
                """);
        assertThat(page.locator(".import-outcome")).containsText("pilots has 1 tables now.");
        close();
        filter("crane_id");
        node("cranes").click();
        assertThat(part("cranes")).containsText("quay_id");
    }

    @Test
    void aLiveDatabaseIsReadIntoAGroup() {
        open("/schema-groups");
        button("Read from a datasource").click();
        assertThat(button("Read")).isDisabled();
        page.locator("vaadin-dialog-overlay vaadin-select").click();
        page.locator("vaadin-select-item").getByText("retail (sqlite)").click();
        page.getByLabel("Into the schema group").fill("retail_again");
        button("Read").click();
        assertThat(page.locator(".import-outcome")).containsText("retail_again has 8 tables now.");
        close();
        node("retail_again").click();
        assertThat(part("retail_again")).isVisible();
    }

    @Test
    void tenThousandTablesAreFetchedAsTheyAreLookedAt() {
        StringBuilder tables = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            tables.append(i == 0 ? "" : ",").append("{\"name\": \"warehouse_").append(i)
                    .append("\", \"columns\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"amount_")
                    .append(i).append("\", \"type\": \"numeric\"}]}");
        }
        server().send(server().to("/api/v1/schemas/upload").header("Content-Type", "application/json").timeout(
                Duration.ofSeconds(120)).POST(BodyPublishers.ofString("{\"schema_group_name\": \"warehouses\", "
                + "\"schema_data\": {\"tables\": [" + tables + "]}}")));
        try {
            open("/schema-groups");
            node("warehouses").click();
            assertThat(part("warehouses")).containsText("10000");
            Locator databases = page.locator(".schema-tree .node").getByText("warehouses", new Locator.GetByTextOptions()
                    .setExact(true));
            assertThat(databases).hasCount(2);
            databases.last().click();
            assertThat(node("warehouse_0")).isVisible();
            assertThat(page.locator(".schema-tree .node")).not().hasCount(10_000);
            long shown = page.locator(".schema-tree .node").count();
            org.assertj.core.api.Assertions.assertThat(shown).isLessThan(300);
            Instant start = Instant.now();
            filter("amount_9876");
            assertThat(node("warehouse_9876")).isVisible();
            node("warehouse_9876").click();
            assertThat(part("warehouse_9876")).containsText("amount_9876");
            org.assertj.core.api.Assertions.assertThat(Duration.between(start, Instant.now()))
                    .isLessThan(Duration.ofSeconds(30));
        } finally {
            server().send(server().to("/api/v1/schemas/warehouses").DELETE());
        }
    }

    @Test
    void theProbeShowsTablesWithScoresAndWhy() {
        open("/schema-groups");
        part("Retrieval probe").getByLabel("A question").fill("which customers placed orders");
        button("Probe").click();
        Locator first = part("Retrieval probe").locator(".hits li").first();
        assertThat(first.locator(".score")).containsText("0.");
        assertThat(part("Retrieval probe").locator(".hits")).containsText("customers");
    }

    @Test
    void aDirectiveIsAddedAndDeletedAndTakenBack() {
        open("/schema-groups");
        node("retail").click();
        button("Add a directive").click();
        page.getByLabel("Word", new Page.GetByLabelOptions().setExact(true)).fill("shrinkage");
        page.getByLabel("What it means").fill("stock that went missing");
        button("Save").last().click();
        assertThat(page.getByText("stock that went missing")).isVisible();
        button("Delete shrinkage").click();
        assertThat(page.getByText("stock that went missing")).hasCount(0);
        button("Undo").click();
        assertThat(page.getByText("stock that went missing")).isVisible();
    }

    @Test
    void aNarrowWindowHoldsEverything() {
        page.setViewportSize(380, 800);
        open("/schema-groups");
        node("ecommerce").click();
        assertThat(part("ecommerce")).isVisible();
        fitsTheWindow();
    }

    @Test
    void peopleWhoSeeOrHearDifferentlyCanUseIt() {
        open("/schema-groups");
        node("ecommerce").click();
        assertThat(part("ecommerce")).isVisible();
        meetsTheAccessibilityRules();
    }
}
