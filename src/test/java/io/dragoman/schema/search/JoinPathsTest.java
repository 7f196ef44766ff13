package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.storage.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class JoinPathsTest {

    @Test
    void takesTheShortestWay() {
        GroupIndex index = index(6, "0-1", "1-2", "2-3", "0-4", "4-3");

        assertThat(new JoinPaths(index, table -> 0).between(List.of(0, 3))).containsOnlyKeys(4);
    }

    @Test
    void amongWaysOfTheSameLengthTakesTheLikelier() {
        GroupIndex index = index(4, "0-1", "1-3", "0-2", "2-3");

        assertThat(new JoinPaths(index, table -> table == 2 ? 1 : 0).between(List.of(0, 3))).containsOnlyKeys(2);
    }

    @Test
    void connectsAThirdTableToTheWayBetweenTheFirstTwo() {
        GroupIndex index = index(5, "0-1", "1-2", "1-3", "3-4");

        assertThat(new JoinPaths(index, table -> 0).between(List.of(0, 2, 4))).containsOnlyKeys(1, 3);
    }

    @Test
    void addsNothingWhereThereIsNoWayOrItIsTooLong() {
        assertThat(new JoinPaths(index(3, "0-1"), table -> 0).between(List.of(0, 2))).isEmpty();
        assertThat(new JoinPaths(index(6, "0-1", "1-2", "2-3", "3-4", "4-5"), table -> 0).between(List.of(0, 5))).isEmpty();
        assertThat(new JoinPaths(index(5, "0-1", "1-2", "2-3", "3-4"), table -> 0).between(List.of(0, 4)))
                .containsOnlyKeys(1, 2, 3);
    }

    @Test
    void keepsToOneDatabaseWhereTwoHaveTablesOfOneName() {
        List<TableDefinition> tables = List.of(Shop.table("a", "orders", null), Shop.table("a", "customers", null),
                Shop.table("b", "orders", null), Shop.table("b", "customers", null));
        GroupIndex index = compile(Shop.group("g", tables, List.of(Shop.relationship("orders", "id", "customers")),
                List.of(), List.of(), List.of()));

        assertThat(index.neighbours()).isDeepEqualTo(new int[][] {{1}, {0}, {3}, {2}});
    }

    private static GroupIndex index(int size, String... edges) {
        List<TableDefinition> tables = IntStream.range(0, size).mapToObj(i -> Shop.table("d", "t" + i, null)).toList();
        List<Relationship> relationships = new ArrayList<>();
        for (String edge : edges) {
            relationships.add(Shop.relationship("t" + edge.charAt(0), "id", "t" + edge.charAt(2)));
        }
        return compile(Shop.group("g", tables, relationships, List.of(), List.of(), List.of()));
    }

    private static GroupIndex compile(SchemaGroup group) {
        return GroupIndexBuilder.compile(group, new Lexemes(new JdbcTemplate(TestDatabase.shared().dataSource())));
    }
}
