package io.dragoman.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseTest {

    @Test
    void freshDatabasesAreMigratedAndDoNotSeeEachOther() {
        JdbcClient one = JdbcClient.create(TestDatabase.fresh().dataSource());
        JdbcClient other = JdbcClient.create(TestDatabase.fresh().dataSource());
        one.sql("INSERT INTO schema_groups (name) VALUES ('shop')").update();

        assertThat(one.sql("SELECT name FROM schema_groups").query(String.class).list()).isEqualTo(List.of("shop"));
        assertThat(other.sql("SELECT name FROM schema_groups").query(String.class).list()).isEmpty();
    }
}
