package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void splitsIdentifiersWhereTheirAuthorsMeantTo() {
        assertThat(Words.of("customerID")).containsExactly("customer", "id");
        assertThat(Words.of("Customer_Id")).containsExactly("customer", "id");
        assertThat(Words.of("HTTPStatusCode")).containsExactly("http", "status", "code");
        assertThat(Words.of("addressLine2")).containsExactly("address", "line", "2");
        assertThat(Words.of("order-items.unit price")).containsExactly("order", "items", "unit", "price");
        assertThat(Words.of("IDs")).containsExactly("ids");
    }

    @Test
    void dropsThePossessive() {
        assertThat(Words.of("the customer's orders")).containsExactly("the", "customer", "orders");
        assertThat(Words.of("Bob\u2019s")).containsExactly("bob");
    }

    @Test
    void survivesWhatIsNoText() {
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.of("\0 \uD800 ';--")).isEmpty();
        assertThat(Words.of("Größe été 数量")).containsExactly("größe", "été", "数量");
    }
}
