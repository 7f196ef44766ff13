package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.PlanWalk;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Columns named by their table")
class QualifiedNamesTest {

    private static final List<String> TABLES = List.of("ferries", "barges", "river_tugs", "Cargo Ships", "fleet.trawlers",
            "HarbourCranes", "Order Lines", "dry-docks", "lookup_2020");
    private static final List<String> NUMBERS = List.of("tonnage", "deck_width", "Hull Length", "maxDraught", "order count",
            "fuel_per_day", "2nd_engine_power", "price-per-berth", "depth of hold");
    private static final List<String> QUESTIONS = List.of("What is the average %s?", "Show the highest %s", "What is the sum of %s",
            "show the 3 largest %s", "How many have a %s above 20?", "List each %s.");

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question, SchemaGroup group) {
        return engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    /** Tables that have columns of the same names, so that a question that names only a column is ambiguous. */
    private static SchemaGroup fleet(Random random) {
        List<String> names = new ArrayList<>(TABLES);
        Collections.shuffle(names, random);
        List<TableDefinition> tables = new ArrayList<>();
        for (String name : names.subList(0, 3)) {
            tables.add(Schemas.table("fleet", name, NUMBERS.stream().map(Schemas::number)
                    .toArray(ColumnDefinition[]::new)));
        }
        return new SchemaGroup(null, "fleet", null, 1, List.of(new SchemaDefinition(null, "fleet", null, "sqlite", "fleet")),
                tables, List.of(), List.of(), List.of(), List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyChoiceOfAnAmbiguousQuestionIsUnderstoodInItsPlace(long seed) {
        SchemaGroup group = fleet(new Random(seed));
        int choices = 0;
        for (String form : QUESTIONS) {
            for (String column : NUMBERS) {
                String question = form.formatted(column.replace('_', ' ').replace('-', ' '));
                if (ask(question, group) instanceof Interpretation.Ambiguous ambiguous) {
                    for (String choice : ambiguous.choices()) {
                        uses(put(question, ambiguous.phrase(), choice), group, choice);
                        choices++;
                    }
                }
            }
        }
        assertThat(choices).isGreaterThan(20);
    }

    private static String put(String question, String phrase, String choice) {
        int at = question.toLowerCase(Locale.ROOT).indexOf(phrase.toLowerCase(Locale.ROOT));
        assertThat(at).as(phrase + " in " + question).isNotNegative();
        return question.substring(0, at) + choice + question.substring(at + phrase.length());
    }

    private void uses(String question, SchemaGroup group, String choice) {
        Interpretation result = ask(question, group);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        LogicalPlan plan = ((Interpretation.Understood) result).plan();
        List<String> used = new ArrayList<>();
        PlanWalk.all(plan, expression -> {
            if (expression instanceof Expression.Column column) {
                plan.from().stream().filter(source -> source.alias().equals(column.alias()))
                        .forEach(source -> used.add(source.table() + "." + column.column()));
            }
        });
        assertThat(used).as(question).contains(choice);
        assertThat(plan.from()).as(question).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "What is the sum of orders.total_amount? | SUM(total_amount)",
        "What is the average ORDERS.Total_Amount by orders.status? | GROUP BY status",
        "Show customers.city and customers.age | SELECT city, age",
        "Show the \"customers\".\"city\" of customers older than 30 | age > 30",
        "What is the average of `orders`.`total_amount`? | AVG(total_amount)",
        "What is the average [orders].[total_amount]? | AVG(total_amount)",
        "Show orders where orders.total_amount is above 50 | total_amount > 50",
        "Show customers.first_name for customers where customers.city = 'Leeds' | city = 'Leeds'",
        "List orders.ordered_at. | SELECT ordered_at"})
    void aPersonMayWriteThemToo(String question, String part) {
        Interpretation result = ask(question, Schemas.shop());
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        assertThat(new SqliteDialect().render(((Interpretation.Understood) result).plan()).replaceAll("\\s+", " ")).contains(part);
    }

    @Test
    void aColumnThatTheTableDoesNotHaveIsNotReplacedByAnother() {
        assertThat(ask("What is the average orders.tonnage?", Schemas.shop())).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @Test
    void pointsElsewhereNameNothing() {
        String points = "orders." + ".".repeat(1500) + "total_amount";
        assertThat(ask(points, Schemas.shop())).isNotNull();
        assertThat(ask(".orders.", Schemas.shop())).isNotNull();
        assertThat(ask("\".\"", Schemas.shop())).isNotNull();
    }
}
