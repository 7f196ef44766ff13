package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The search of a group of many tables")
class LargeGroupSearchTest {

    private static final String QUESTION = "What is the open turnover of sales by shop in Lyon?";

    /** The fastest of many tries is compared, which other work on the machine does not make slower. */
    @Test
    void takesNoMoreTimeThanThatOfASmallerOne() throws InterruptedException {
        try (SearchFixture search = SearchFixture.withoutVectors(List.of(group("small", 1_000), group("large", 30_000)))) {
            assertThat(search.search(QUESTION, "large", null, null).hits()).extracting(TableHit::table)
                    .contains("sale", "shop");
            long inSmall = Long.MAX_VALUE;
            long inLarge = Long.MAX_VALUE;
            for (int round = 0; round < 40 && (round < 4 || inLarge > 3 * inSmall); round++) {
                inSmall = Math.min(inSmall, fastest(search, "small"));
                inLarge = Math.min(inLarge, fastest(search, "large"));
            }
            assertThat(inLarge).as("ns for a search of 30,000 tables; of 1,000 it is %d", inSmall).isLessThanOrEqualTo(3 * inSmall);
        }
    }

    private static long fastest(SearchFixture search, String group) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            search.search(QUESTION, group, null, null);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    /** All tables hold the value 'open' and have the column of the directive, and many refer to a calendar. */
    private static SchemaGroup group(String name, int tables) {
        List<TableDefinition> all = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            all.add(Shop.table(name, "filler_" + i, null, Shop.column("parent_id"), Shop.column("amount"),
                    Shop.values("status", "open", "closed")));
            relationships.add(Shop.relationship("filler_" + i, "parent_id", "filler_" + i / 2));
            relationships.add(Shop.relationship("filler_" + i, "day", "calendar"));
        }
        all.add(Shop.table(name, "sale", null, Shop.column("shop_id"), Shop.column("amount"), Shop.values("status", "open", "closed")));
        all.add(Shop.table(name, "shop", null, Shop.column("shop_id"), Shop.values("city", "Lyon", "Paris")));
        all.add(Shop.table(name, "calendar", null, Shop.column("day")));
        relationships.add(Shop.relationship("sale", "shop_id", "shop"));
        relationships.add(Shop.relationship("sale", "day", "calendar"));
        return Shop.group(name, all, relationships, List.of(),
                List.of(new Directive(UUID.randomUUID(), "turnover", "what was sold", null, "sum(amount)")), List.of());
    }
}
