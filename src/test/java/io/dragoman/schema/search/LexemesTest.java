package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.storage.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

class LexemesTest {

    private final JdbcTemplate database = new JdbcTemplate(TestDatabase.shared().dataSource());
    private final Lexemes lexemes = new Lexemes(database);

    @Test
    void stemsAsFullTextSearchDoes() {
        assertThat(lexemes.of("Which customers were ordering the categories?"))
                .containsExactly("custom", "order", "categori");
        List<String> words = List.of("studies", "universities", "indices", "running", "cities");
        for (String word : words) {
            assertThat("'" + lexemes.of(word).get(0) + "':1")
                    .isEqualTo(database.queryForObject("select to_tsvector('english', ?)::text", String.class, word));
        }
    }

    @Test
    void asksOnceForAWord() {
        AtomicInteger asked = new AtomicInteger();
        Lexemes counted = new Lexemes(new JdbcTemplate(TestDatabase.shared().dataSource()) {
            @Override
            public void query(String sql, RowCallbackHandler rows, Object... arguments) {
                asked.incrementAndGet();
                super.query(sql, rows, arguments);
            }
        });

        counted.of("orders of customers in");
        counted.of("customers of 3 orders in 2024");

        assertThat(asked).hasValue(1);
    }

    @Test
    void passesOverWordsThatNobodyWrites() {
        assertThat(lexemes.of("x".repeat(5_000))).isEmpty();
    }
}
