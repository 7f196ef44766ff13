package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Slips of the keyboard")
class SpellingTest {

    private static final Lexicon SHOP = new CompiledGroup(Schemas.shop()).lexicon(List.of());

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question) {
        return engine.interpret(question, Schemas.shop(), List.of(), null, LocalDate.of(2024, 5, 1));
    }

    @ParameterizedTest
    @CsvSource({"how many custmoers are there,how many customers are there", "what is the avergae age,what is the average age",
        "customers odler than 30,customers older than 30", "whcih products are cheapest,which products are cheapest",
        "shiped orders,shipped orders", "products in the furnitrue category,products in the furniture category",
        "list all categoreis,list all categories", "Shwo the products,Show the products", "orders per custoemr,orders per customer"})
    void mendsAWordThatIsNearJustOne(String typed, String meant) {
        assertThat(Spelling.of(typed, SHOP).text()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"how many customers are there", "customers named Bov", "orders of \"Bostan\"", "customers in Paris", "the cost of goods",
        "which staff moved", "products rated best", "orders placed in March", "customers that have a cat", "weather on mars", "", "a", "\u0000",
        "top 5 prodcut1s", "größte Städte"})
    void leavesAloneWhatMayBeMeantSo(String typed) {
        assertThat(Spelling.of(typed, SHOP).text()).isEqualTo(typed);
    }

    @Test
    void saysWhatItTookForWhat() {
        assertThat(ask("what is the avergae age of custmoers")).isInstanceOfSatisfying(Interpretation.Understood.class, read ->
                assertThat(read.steps()).contains("Took 'avergae' for 'average'.", "Took 'custmoers' for 'customers'."));
    }

    @Test
    void namesWordsAsTheyWereTypedWhenItDoesNotUnderstand() {
        assertThat(ask("zebras and girafes of the custmoers' neighbourhoods and their favourite lullabies"))
                .isInstanceOfSatisfying(Interpretation.NotUnderstood.class, lost ->
                        assertThat(lost.unknown()).contains("girafes").doesNotContain("customers"));
    }

    @ParameterizedTest
    @CsvSource({"abcd,abdc,1", "abcd,abcd,0", "abcd,abd,1", "abcd,abxd,1", "abcd,wxyz,3", "abcdef,badcef,2"})
    void countsSwappedLettersOnce(String a, String b, int distance) {
        assertThat(Spelling.distance(a, b, 2)).isEqualTo(distance);
    }

    @Test
    void staysQuickOverLongNonsense() {
        String nonsense = "qxzwvut ".repeat(250).trim();
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            Spelling.of(nonsense, SHOP);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertThat(fastest / 1e6).as("ms").isLessThan(50);
    }
}
