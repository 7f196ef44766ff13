package io.dragoman.offline.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePhrasesTest {

    /** A Wednesday, in the second quarter of a leap year. */
    private static final LocalDate TODAY = LocalDate.of(2024, 5, 15);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders placed yesterday                   | yesterday                   | DAY-1..DAY0
            today's orders                            | today's                     | DAY0..DAY+1
            which deliveries are due tomorrow         | tomorrow                    | DAY+1..DAY+2
            sales on the day before yesterday         | on the day before yesterday | DAY-2..DAY-1
            revenue in the last 7 days                | in the last 7 days          | DAY-7..DAY+1
            revenue over the past 3 months            | over the past 3 months      | MONTH-3@DAY..DAY+1
            revenue for the last two weeks            | for the last two weeks      | DAY-14..DAY+1
            last 2 quarters of revenue                | last 2 quarters             | MONTH-6@DAY..DAY+1
            trades in the last 24 hours               | in the last 24 hours        | HOUR-24@SECOND..SECOND+1
            trades in the past 5 minutes              | in the past 5 minutes       | MINUTE-5@SECOND..SECOND+1
            average volume in the last week           | in the last week            | DAY-7..DAY+1
            orders in the past year                   | in the past year            | YEAR-1@DAY..DAY+1
            last week's orders                        | last week's                 | WEEK-1..WEEK0
            revenue last month                        | last month                  | MONTH-1..MONTH0
            revenue in last month                     | in last month               | MONTH-1..MONTH0
            total sales for the previous quarter      | for the previous quarter    | QUARTER-1..QUARTER0
            revenue this quarter                      | this quarter                | QUARTER0..QUARTER+1
            revenue in the current year               | in the current year         | YEAR0..YEAR+1
            revenue last year                         | last year                   | YEAR-1..YEAR0
            bookings next month                       | next month                  | MONTH+1..MONTH+2
            appointments in the next 7 days           | in the next 7 days          | DAY0..DAY+8
            revenue in the last 3 full months         | in the last 3 full months   | MONTH-3..MONTH0
            revenue year to date                      | year to date                | YEAR0..DAY+1
            YTD revenue                               | YTD                         | YEAR0..DAY+1
            revenue this month so far                 | this month so far           | MONTH0..DAY+1
            revenue so far this year                  | so far this year            | YEAR0..DAY+1
            orders placed 3 days ago                  | 3 days ago                  | DAY-3..DAY-2
            orders from a month ago                   | from a month ago            | MONTH-1..MONTH0
            tickets opened more than 30 days ago      | more than 30 days ago       | ..DAY-30
            tickets opened less than a week ago       | less than a week ago        | WEEK-1@DAY..
            tickets older than 90 days                | older than 90 days          | ..DAY-90
            orders since yesterday                    | since yesterday             | DAY-1..
            orders before last month                  | before last month           | ..MONTH-1
            orders after last month                   | after last month            | MONTH0..
            orders since the beginning of the year    | since the beginning of the year | YEAR0..
            orders since 3 months ago                 | since 3 months ago          | MONTH-3..
            orders since 10am yesterday               | since 10am yesterday        | MINUTE-840@DAY..
            revenue in the first half of last year    | in the first half of last year | MONTH-12@YEAR..MONTH-6@YEAR
            revenue in March of last year             | in March of last year       | MONTH-10@YEAR..MONTH-9@YEAR
            revenue this month and last month         | this month and last month   | MONTH-1..MONTH+1
            revenue this month compared to last month | this month compared to last month | MONTH-1..MONTH+1
            """)
    void readsWhatIsRelativeToThePresent(String question, String text, String meaning) {
        assertOnly(question, text, meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            revenue in March 2024                       | in March 2024              | 2024-03-01..2024-04-01
            revenue for the month of march 2023         | of march 2023              | 2023-03-01..2023-04-01
            revenue in 2023                             | in 2023                    | 2023-01-01..2024-01-01
            revenue in the year 2023                    | in the year 2023           | 2023-01-01..2024-01-01
            and for 2023?                               | for 2023                   | 2023-01-01..2024-01-01
            orders on 5 May 2024                        | on 5 May 2024              | 2024-05-05..2024-05-06
            orders on May 5th, 2024                     | on May 5th, 2024           | 2024-05-05..2024-05-06
            orders on the 5th of May 2024               | on the 5th of May 2024     | 2024-05-05..2024-05-06
            orders on 2024-03-05                        | on 2024-03-05              | 2024-03-05..2024-03-06
            orders on '2024-03-05'                      | on '2024-03-05'            | 2024-03-05..2024-03-06
            orders of 2024/3/5                          | of 2024/3/5                | 2024-03-05..2024-03-06
            orders on 03/05/2024                        | on 03/05/2024              | 2024-03-05..2024-03-06
            orders on 25/12/2023                        | on 25/12/2023              | 2023-12-25..2023-12-26
            orders on 05.03.2024                        | on 05.03.2024              | 2024-03-05..2024-03-06
            orders in 2024-02                           | in 2024-02                 | 2024-02-01..2024-03-01
            trades at 2024-03-05T10:30                  | at 2024-03-05T10:30        | 2024-03-05T10:30:00..2024-03-05T10:31:00
            trades on 5 March 2024 at 10:30             | on 5 March 2024 at 10:30   | 2024-03-05T10:30:00..2024-03-05T10:31:00
            between Jan 1 and Feb 15 2024               | between Jan 1 and Feb 15 2024 | 2024-01-01..2024-02-16
            between Nov 3 and Feb 2 2024                | between Nov 3 and Feb 2 2024  | 2023-11-03..2024-02-03
            from March 2023 to May                      | from March 2023 to May     | 2023-03-01..2023-06-01
            from 2023-01-01 to 2023-03-31               | from 2023-01-01 to 2023-03-31 | 2023-01-01..2023-04-01
            between 2024-01-01 and 2024-01-31           | between 2024-01-01 and 2024-01-31 | 2024-01-01..2024-02-01
            hired between 2018 and 2020                 | between 2018 and 2020      | 2018-01-01..2021-01-01
            hired from 2018 to 2020                     | from 2018 to 2020          | 2018-01-01..2021-01-01
            revenue 5 to 10 March 2024                  | 5 to 10 March 2024         | 2024-03-05..2024-03-11
            revenue in Q3 2023                          | in Q3 2023                 | 2023-07-01..2023-10-01
            2023 Q4 revenue                             | 2023 Q4                    | 2023-10-01..2024-01-01
            revenue in Q1                               | in Q1                      | 2024-01-01..2024-04-01
            revenue in Q3                               | in Q3                      | 2023-07-01..2023-10-01
            revenue in the third quarter of 2023        | in the third quarter of 2023 | 2023-07-01..2023-10-01
            revenue in the last quarter of 2023         | in the last quarter of 2023  | 2023-10-01..2024-01-01
            revenue in the first half of 2024           | in the first half of 2024  | 2024-01-01..2024-07-01
            revenue in H2 2023                          | in H2 2023                 | 2023-07-01..2024-01-01
            hired since 2020                            | since 2020                 | 2020-01-01..
            hired before June 2019                      | before June 2019           | ..2019-06-01
            hired until June 2019                       | until June 2019            | ..2019-07-01
            born after 1 January 2000                   | after 1 January 2000       | 2000-01-02..
            hired on or after 1 January 2000            | on or after 1 January 2000 | 2000-01-01..
            hired on or before 1 January 2000           | on or before 1 January 2000 | ..2000-01-02
            hired after 2020                            | after 2020                 | 2021-01-01..
            hired from 2020 onwards                     | from 2020 onwards          | 2020-01-01..
            loans started in 2022 or later              | in 2022 or later           | 2022-01-01..
            built in 2022 or earlier                    | in 2022 or earlier         | ..2023-01-01
            hired by the end of 2023                    | by the end of 2023         | ..2024-01-01
            born in the 1990s                           | in the 1990s               | 1990-01-01..2000-01-01
            born in the 90s                             | in the 90s                 | 1990-01-01..2000-01-01
            revenue in March                            | in March                   | 2024-03-01..2024-04-01
            revenue in July                             | in July                    | 2023-07-01..2023-08-01
            revenue in may                              | in may                     | 2024-05-01..2024-06-01
            revenue last March                          | last March                 | 2024-03-01..2024-04-01
            orders since last Monday                    | since last Monday          | 2024-05-13..
            revenue in January and February 2023        | in January and February 2023 | 2023-01-01..2023-03-01
            revenue in 2021 or 2023                     | in 2021 or 2023            | 2021-01-01..2022-01-01 or 2023-01-01..2024-01-01
            revenue in week 10 of 2024                  | in week 10 of 2024         | 2024-03-04..2024-03-11
            revenue in the week of 2024-03-06           | in the week of 2024-03-06  | 2024-03-04..2024-03-11
            revenue in February 2023                    | in February 2023           | 2023-02-01..2023-03-01
            orders on February 29 2024                  | on February 29 2024        | 2024-02-29..2024-03-01
            orders on February 28 2023                  | on February 28 2023        | 2023-02-28..2023-03-01
            orders on 31 December 2023                  | on 31 December 2023        | 2023-12-31..2024-01-01
            orders on 29 February                       | on 29 February             | 2024-02-29..2024-03-01
            """)
    void readsDatesThatAreSaid(String question, String text, String meaning) {
        assertOnly(question, text, meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trades since 10am                     | since 10am               | [10:00,] today
            trades since 10:30 today              | since 10:30 today        | MINUTE+630@DAY..
            trades after 4 pm                     | after 4 pm               | (16:00,]
            trades before noon                    | before noon              | [,12:00)
            trades until 3:15pm                   | until 3:15pm             | [,15:15]
            trades between 9:30 and 16:00         | between 9:30 and 16:00   | [09:30,16:00]
            trades from 9am to 5pm                | from 9am to 5pm          | [09:00,17:00]
            trades between 9 and 10am             | between 9 and 10am       | [09:00,10:00]
            trades between 2 and 4pm              | between 2 and 4pm        | [14:00,16:00]
            trades 9:30-16:00                     | 9:30-16:00               | [09:30,16:00]
            trades in the morning                 | in the morning           | [06:00,12:00)
            trades this morning                   | this morning             | [06:00,12:00) today
            trades at night                       | at night                 | [22:00,06:00)
            trades at 10:30:15                    | at 10:30:15              | [10:30:15,10:30:16)
            trades at 12am                        | at 12am                  | [00:00,00:01)
            trades at 12 p.m.                     | at 12 p.m.               | [12:00,12:01)
            """)
    void readsTimesOfDay(String question, String text, String meaning) {
        assertOnly(question, text, meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            revenue by month                      | by month                 | by 1 MONTH
            orders per day                        | per day                  | by 1 DAY
            monthly revenue                       | monthly                  | by 1 MONTH
            revenue for each quarter              | for each quarter         | by 1 QUARTER
            orders weekly                         | weekly                   | by 1 WEEK
            revenue on a daily basis              | on a daily basis         | by 1 DAY
            hourly trade volume                   | hourly                   | by 1 HOUR
            vwap every 5 minutes                  | every 5 minutes          | by 5 MINUTE
            vwap in 5 minute buckets              | in 5 minute buckets      | by 5 MINUTE
            vwap in 15-minute bars                | in 15-minute bars        | by 15 MINUTE
            trades per second                     | per second               | by 1 SECOND
            revenue by year and month             | by year and month        | by 1 MONTH
            orders by weekday                     | by weekday               | by part WEEKDAY
            orders by day of the week             | by day of the week       | by part WEEKDAY
            orders by hour of day                 | by hour of day           | by part HOUR
            sales by month of the year            | by month of the year     | by part MONTH
            orders month by month                 | month by month           | by 1 MONTH
            orders placed on Mondays              | on Mondays               | WEEKDAY in [1]
            orders placed on weekends             | on weekends              | WEEKDAY in [6, 7]
            month over month change in revenue    | month over month         | change by MONTH
            month-over-month revenue              | month-over-month         | change by MONTH
            YoY growth of sales                   | YoY                      | change by YEAR
            revenue compared to the previous month | compared to the previous month | change by MONTH
            """)
    void readsBucketsAndChanges(String question, String text, String meaning) {
        assertOnly(question, text, meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "customers who may be inactive",
        "which products may not be sold",
        "list the second highest salary",
        "products with price between 2000 and 2010",
        "orders over 2000",
        "more than 2020 units",
        "top 2000 customers",
        "orders worth at least 2020 dollars",
        "employees with id 2023",
        "customers named June",
        "sort them by month",
        "order by year",
        "list customers and order by month",
        "the last name of every customer",
        "last 5 orders",
        "the current balance of account 1999",
        "first 10 customers",
        "the latest order",
        "orders with the status 'in March 2024'",
        "soldiers on the march to the sea",
        "orders on February 30 2024",
        "orders on February 29 2023",
        "orders on 2023-02-29",
        "invoice 2024-03-05-17",
        "serial 10.2.2024.5",
        "orders at 25:00",
        "customers with more than 5 orders",
        "delivered within 30 days",
        "products of size 12",
        "mom and dad"})
    void claimsNothingThatIsNotTime(String question) {
        assertThat(TimePhrases.find(question, TODAY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"average annual salary by department", "customers with monthly payment above 100",
        "revenue for 2023", "loans older than 5 years", "an employee of 1995"})
    void saysWhenAColumnOrValueComesFirst(String question) {
        assertThat(TimePhrases.find(question, TODAY)).isNotEmpty().noneMatch(TimePhrase::certain);
    }

    @Test
    void findsSeveralPhrasesInOneQuestion() {
        assertThat(TimePhrases.find("hourly vwap between 9:30 and 16:00 yesterday since 2020", TODAY))
                .extracting(TimePhrase::text)
                .containsExactly("hourly", "between 9:30 and 16:00", "yesterday", "since 2020");
    }

    @Test
    void takesATimeOfDayForTodayOnlyWhenNoDayIsNamed() {
        List<TimePhrase> phrases = TimePhrases.find("trades since 10am for orders of yesterday", TODAY);
        assertThat(phrases).hasSize(2);
        assertThat(Described.meaning(phrases.get(0).meaning())).isEqualTo("[10:00,]");
    }

    @Test
    void survivesLongAndHostileTextInLinearTime() {
        String[] pieces = {"between ", "in 2023 and ", "'", "\"", "1-", "9:", "2024-", "last ", "5 ", "the ", "from 1 to ",
            "and ,", "\u0000\uD800", "٣", "month over ", "99999999999", "a.m. ", "12 p", "first half of "};
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String piece : pieces) {
                TimePhrases.find(piece.repeat(100_000 / piece.length()), TODAY);
            }
        });
    }

    @Test
    void survivesEveryPrefixOfAQuestion() {
        String question = "between Jan 1 and Feb 15 2024, 5 to 10 March 2024, Q3 of last year's, 2024-03-05T10:30:15.123Z"
                + " 12 p.m. in 5-minute bars 'x' the 1990's \"2024-01-01\" week 10 of 2024";
        for (int end = 0; end <= question.length(); end++) {
            for (TimePhrase phrase : TimePhrases.find(question.substring(0, end), TODAY)) {
                assertThat(question.substring(phrase.start(), phrase.end())).isEqualTo(phrase.text());
            }
        }
    }

    @Test
    void takesUnderATenthOfAMillisecond() {
        String question = "What was the total revenue by month in the first half of 2024 for customers in Berlin since 2020?";
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                TimePhrases.find(question, TODAY);
            }
            best = Math.min(best, (System.nanoTime() - start) / 200);
        }
        assertThat(best).isLessThan(100_000L);
    }

    private static void assertOnly(String question, String text, String meaning) {
        List<TimePhrase> phrases = TimePhrases.find(question, TODAY);
        assertThat(phrases.stream().map(phrase -> phrase.text() + " = " + Described.meaning(phrase.meaning())).toList())
                .containsExactly(text + " = " + meaning);
        TimePhrase phrase = phrases.get(0);
        assertThat(question.substring(phrase.start(), phrase.end())).isEqualTo(phrase.text());
    }
}
