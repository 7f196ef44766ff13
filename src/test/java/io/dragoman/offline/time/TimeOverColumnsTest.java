package io.dragoman.offline.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.offline.plan.Expression;
import io.dragoman.schema.DataType;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOverColumnsTest {

    private static final LocalDate TODAY = LocalDate.of(2024, 5, 15);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            yesterday                    | DATE      | day        | day EQ DAY-1
            yesterday                    | TIMESTAMP | placed_at  | placed_at in DAY-1..DAY0)
            yesterday                    | TIME      | at         | none
            yesterday                    | TEXT      | placed     | placed in 2024-05-14..2024-05-15)
            yesterday                    | INTEGER   | age        | none
            in March 2024                | DATE      | day        | day in 2024-03-01..2024-04-01)
            in March 2024                | TEXT      | day        | day in 2024-03-01..2024-04-01)
            on 31 December 2023          | DATE      | day        | day EQ 2023-12-31
            on 31 December 2023          | TIMESTAMP | placed_at  | placed_at in 2023-12-31..2024-01-01)
            in the last 7 days           | DATE      | day        | day in DAY-7..DAY+1)
            in the last 24 hours         | DATE      | day        | day in DAY-1..DAY+1)
            in 2023                      | INTEGER   | year       | year EQ 2023
            in 2023                      | TEXT      | fiscal_year | fiscal_year EQ 2023
            last year                    | INTEGER   | model_year | model_year EQ year(YEAR-1)
            since 2020                   | INTEGER   | year       | year GE 2020
            after 2020                   | INTEGER   | year       | year GE 2021
            before 2020                  | INTEGER   | year       | year LT 2020
            between 2018 and 2020        | INTEGER   | year       | year in 2018..2020]
            in March 2024                | INTEGER   | year       | none
            in 2021 or 2023              | DATE      | day        | day in 2021-01-01..2022-01-01) or day in 2023-01-01..2024-01-01)
            before June 2019             | TIMESTAMP | at         | at LT 2019-06-01
            after 1 January 2000         | DATE      | born       | born GE 2000-01-02
            since 10am                   | TIME      | time       | time GE 10:00:00
            since 10am                   | TIMESTAMP | time       | time GE HOUR+10@DAY
            since 10:30                  | TIMESTAMP | time       | time GE MINUTE+630@DAY
            since 10am                   | DATE      | date       | date EQ DAY0
            before noon                  | TIMESTAMP | time       | hour(time) LT 12
            before noon                  | TIME      | time       | time LT 12:00:00
            before noon                  | DATE      | date       | none
            in the morning               | TIMESTAMP | time       | hour(time) in 6..12)
            between 9:30 and 16:00       | TIME      | time       | time in 09:30:00..16:00:00]
            between 9:30 and 16:00       | TIMESTAMP | time       | ((hour(time) MULTIPLY 60) ADD minute(time)) in 570..960]
            at night                     | TIME      | time       | time GE 22:00:00 or time LT 06:00:00
            in the evening               | TIME      | time       | time GE 18:00:00
            on weekends                  | DATE      | day        | weekday(day) in 6,7
            on Mondays                   | TIMESTAMP | at         | weekday(at) EQ 1
            """)
    void narrowsColumnsOfEachType(String words, DataType type, String name, String predicate) {
        TimePhrase phrase = TimePhrases.find(words, TODAY).get(0);
        assertThat(phrase.toPredicate(new Expression.Column("t", name, type)).map(Described::predicate).orElse("none"))
                .isEqualTo(predicate);
        assertThat(phrase.filters()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            by month            | DATE      | day        | bucket(1 MONTH, day)
            by day              | DATE      | day        | day
            by day              | TIMESTAMP | at         | bucket(1 DAY, at)
            by hour             | DATE      | day        | none
            by month            | TIME      | time       | none
            every 5 minutes     | TIME      | time       | bucket(5 MINUTE, time)
            by year             | INTEGER   | year       | year
            by year             | DATE      | day        | year(day)
            by month            | INTEGER   | quantity   | none
            by month            | TEXT      | placed     | bucket(1 MONTH, placed)
            by weekday          | DATE      | day        | weekday(day)
            by hour of the day  | TIME      | time       | hour(time)
            by hour of the day  | DATE      | day        | none
            """)
    void groupsColumnsOfEachType(String words, DataType type, String name, String expression) {
        TimePhrase phrase = TimePhrases.find(words, TODAY).get(0);
        assertThat(phrase.toGrouping(new Expression.Column("t", name, type)).map(Described::expression).orElse("none"))
                .isEqualTo(expression);
        assertThat(phrase.groups()).isTrue();
    }
}
