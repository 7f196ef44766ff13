package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.dragoman.config.DragomanProperties;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.LocalModelFixture;
import io.dragoman.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SchemaSearchTest {

    private static SearchFixture search;
    private static SearchFixture words;

    @BeforeAll
    static void prepare() throws InterruptedException {
        EmbeddingModel model = LocalModelFixture.model();
        List<SchemaGroup> groups = List.of(Shop.shop(), Shop.weather());
        search = SearchFixture.of(groups, new Embedder("local/test", model, 64, text -> model.embed(text).content().vector(),
            Caffeine.newBuilder().build()));
        words = SearchFixture.withoutVectors(groups);
    }

    @AfterAll
    static void close() {
        search.close();
        words.close();
    }

    @Test
    void findsATableByItsMeaning() {
        TableHit best = best("How hot was it in the last hours?", null);

        assertThat(best.table()).isEqualTo("readings");
        assertThat(best.group()).isEqualTo("weather");
        assertThat(best.why()).anyMatch(why -> why.matches("vector similarity 0\\.\\d\\d"));
    }

    @Test
    void findsATableByTheStemsOfItsColumns() {
        TableHit best = best("the altitudes", "weather");

        assertThat(best.table()).isEqualTo("stations");
        assertThat(best.why()).contains("'altitudes' in column altitude");
    }

    @Test
    void findsATableByItsNameWhateverElseIsSaid() {
        assertThat(best("the fanciest product", "shop").table()).isEqualTo("products");
        assertThat(best("which order is the strangest by far", "shop").table()).isEqualTo("orders");
        assertThat(best("the longest and oldest category", "shop").table()).isEqualTo("categories");
    }

    @Test
    void splitsColumnNamesIntoWords() {
        assertThat(hit("order dates", "shop", "orders").why()).contains("'dates' in column orderDate");
    }

    @Test
    void findsATableByAValue() {
        TableHit best = best("Anything from New York?", "shop");

        assertThat(best.table()).isEqualTo("customers");
        assertThat(best.why()).contains("value 'New York' in city");
    }

    @Test
    void findsATableByASynonym() {
        assertThat(hit("how many shoppers are there", "shop", "customers").why())
                .contains("synonym 'shopper' of customers");
        assertThat(hit("list backorders", "shop", "orders").why())
                .contains("synonym 'backorder' of orders.status=cancelled");
    }

    @Test
    void findsTheTableOfADirective() {
        assertThat(best("average basket value", "shop").table()).isEqualTo("order_items");
        assertThat(best("average basket value", "shop").why()).contains("directive 'basket value'");
    }

    @Test
    void findsTheTablesOfASimilarExample() {
        Retrieval found = words.search("our best clients by turnover", "shop", null, null);

        assertThat(found.hits()).extracting(TableHit::table).contains("customers", "orders");
        assertThat(found.hits().get(0).why()).contains("example 'Who are our best clients by turnover?'");
    }

    @Test
    void bringsTheJoinTablesAlong() {
        Retrieval found = search.search("customers in Lyon and toys", "shop", 3, 0.0);

        assertThat(found.hits().subList(0, 3)).extracting(TableHit::table).contains("customers", "categories");
        assertThat(found.hits()).extracting(TableHit::table)
                .containsExactlyInAnyOrder("customers", "orders", "order_items", "products", "categories");
        assertThat(found.hits().get(3).why()).singleElement().asString().startsWith("joins ");
        assertThat(found.hits()).extracting(TableHit::score).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    }

    @Test
    void choosesTheGroupByTheQuestion() {
        assertThat(best("total rainfall per station", null).group()).isEqualTo("weather");
        assertThat(best("unit price of each product", null).group()).isEqualTo("shop");
    }

    @Test
    void findsNothingForAQuestionAboutSomethingElse() {
        Retrieval found = search.search("Who wrote Moby-Dick?", "weather", null, null);

        assertThat(found.hits()).isEmpty();
        assertThat(found.closest()).isNotEmpty().allSatisfy(hit -> assertThat(hit.score()).isLessThan(0.2));
    }

    @Test
    void keepsToTheCallersKAndThreshold() {
        assertThat(search.search("orders", "shop", 1, 0.0).hits()).hasSize(1);
        assertThat(search.search("orders of customers", "shop", 8, 1.0).hits()).hasSizeLessThanOrEqualTo(1);
        assertThat(search.search("orders of customers", null, 50, 0.0).hits()).allSatisfy(
                hit -> assertThat(hit.score()).isBetween(0.0, 1.0));
    }

    @Test
    void searchesByWordsAloneWithoutAModelAndSaysSo() {
        Retrieval found = words.search("unit price of products", null, null, null);

        assertThat(found.degraded()).isTrue();
        assertThat(found.degradedReason()).contains("no embedding model");
        assertThat(found.hits().get(0).table()).isIn("products", "order_items");
        assertThat(search.search("unit price", null, null, null).degraded()).isFalse();
        assertThat(words.search("Who wrote Moby-Dick?", null, null, null).hits()).isEmpty();
    }

    @Test
    void findsNothingInAGroupThatDoesNotExist() {
        assertThat(search.search("orders", "nowhere", null, null).hits()).isEmpty();
    }

    @Test
    void survivesHostileQuestions() {
        List<String> questions = new ArrayList<>(List.of("", " ", "\0", "\uD800\uDC00\uD800", "';drop table customers;--",
                "${jndi:ldap://x}", "(((((((((", "%_%_%", "a b ".repeat(20_000), "x".repeat(100_000),
                "{{body}} ${body}", "\u202Eorders"));
        questions.add("orders ".repeat(1_000));

        for (String question : questions) {
            assertThat(search.search(question, null, null, null).hits()).isNotNull();
            assertThat(words.search(question, null, null, null).hits()).isNotNull();
        }
    }

    @Test
    void forgetsGroupsThatWereDeletedWhileNobodyTold() throws InterruptedException {
        EmbeddingModel model = LocalModelFixture.model();
        SchemaGroup gone = Shop.weather();
        try (SearchFixture changing = SearchFixture.of(List.of(gone), new Embedder("local/test", model, 64,
                text -> model.embed(text).content().vector(), Caffeine.newBuilder().build()))) {
            assertThat(changing.vectors().progress().tables()).isEqualTo(2);
            changing.remove(gone);
            changing.search().load();
            assertThat(changing.vectors().await(Duration.ofSeconds(20))).isTrue();

            assertThat(changing.vectors().progress().tables()).isZero();
        }
    }

    @Test
    void whoTellsOfAChangeDoesNotWaitForTheIndex() throws InterruptedException {
        Set<Thread> readers = ConcurrentHashMap.newKeySet();
        TableVectors vectors = new TableVectors(new Embedder("none", null, 1, text -> new float[0], Caffeine.newBuilder().build()),
                null, MemoryVectorIndex::new);
        SchemaSearch told = new SchemaSearch(new Snapshots(name -> {
            readers.add(Thread.currentThread());
            return Optional.of(Shop.weather());
        }, List::of), new Lexemes(new JdbcTemplate(TestDatabase.shared().dataSource())), vectors,
                new DragomanProperties.Retrieval(8, 0.2));
        try (vectors) {
            told.groupChanged("weather");
            assertThat(vectors.await(Duration.ofSeconds(20))).isTrue();

            assertThat(readers).hasSize(1).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void seesATableAddedSinceTheLastSearch() throws InterruptedException {
        EmbeddingModel model = LocalModelFixture.model();
        SchemaGroup before = Shop.weather();
        try (SearchFixture changing = SearchFixture.of(List.of(before), new Embedder("local/test", model, 64,
                text -> model.embed(text).content().vector(),
            Caffeine.newBuilder().build()))) {
            assertThat(changing.search("earthquake magnitudes", "weather", null, null).hits()).isEmpty();
            List<TableDefinition> tables = new ArrayList<>(before.tables());
            tables.add(Shop.table("weather", "earthquakes", null, Shop.column("magnitude")));
            changing.put(new SchemaGroup(before.id(), before.name(), null, 2, before.definitions(), tables,
                    before.relationships(), List.of(), List.of(), List.of()));

            assertThat(changing.search("earthquake magnitudes", "weather", null, null).hits()).extracting(TableHit::table)
                    .contains("earthquakes");
            assertThat(changing.vectors().await(Duration.ofSeconds(30))).isTrue();
            assertThat(changing.search("earthquake magnitudes", "weather", null, null).hits().get(0).table())
                    .isEqualTo("earthquakes");
        }
    }

    private static TableHit best(String question, String group) {
        return search.search(question, group, null, null).hits().get(0);
    }

    private static TableHit hit(String question, String group, String table) {
        return search.search(question, group, null, null).hits().stream().filter(hit -> hit.table().equals(table))
                .findFirst().orElseThrow();
    }
}
