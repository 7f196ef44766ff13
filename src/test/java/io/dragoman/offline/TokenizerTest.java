package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tokens and names")
class TokenizerTest {

    private static String[] texts(String question) {
        return Tokenizer.tokenize(question).stream().map(Token::text).toArray(String[]::new);
    }

    @Test
    void keepsQuotedStringsWhole() {
        assertThat(texts("named 'Desk Lamp' or \"Oak Desk\"")).containsExactly("named", "Desk Lamp", "or", "Oak Desk");
    }

    @Test
    void takesApostrophesForPossession() {
        assertThat(texts("Bob's orders don't")).containsExactly("Bob", "'s", "orders", "do", "not");
    }

    @Test
    void readsNumbersInWordsAndWithThousands() {
        assertThat(texts("three of 8,000,000 at 1.85")).containsExactly("3", "of", "8000000", "at", "1.85");
    }

    @Test
    void stemsPlurals() {
        assertThat(Tokenizer.tokenize("cities people addresses gas")).extracting(Token::stem).containsExactly("city", "person", "address",
                "gas");
    }

    @Test
    void readsWordsOutOfNames() {
        assertThat(Names.words("Num_of_staff")).containsExactly("number", "of", "staff");
        assertThat(Names.words("basePrice")).containsExactly("base", "price");
        assertThat(Names.words("roomname")).containsExactly("room", "name");
        assertThat(Names.words("LName")).containsExactly("last", "name");
    }
}
