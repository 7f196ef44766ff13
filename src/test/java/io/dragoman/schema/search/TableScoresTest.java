package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableScoresTest {

    @Test
    void keepsEachKindOfScoreOfThousandsOfTables() {
        TableScores scores = new TableScores();
        for (int i = 0; i < 5_000; i++) {
            int table = i * 64;
            switch (i % 5) {
                case 0 -> scores.addWords(table, i);
                case 1 -> scores.addMatch(table, i);
                case 2 -> scores.addNamed(table, i);
                case 3 -> scores.setSimilarity(table, i);
                default -> scores.teach(table);
            }
        }
        for (int i = 0; i < 5_000; i++) {
            int table = i * 64;
            assertThat(scores.words(table)).isEqualTo(i % 5 == 0 ? i : 0);
            assertThat(scores.matches(table)).isEqualTo(i % 5 == 1 ? i : 0);
            assertThat(scores.named(table)).isEqualTo(i % 5 == 2 ? i : 0);
            assertThat(scores.similarity(table)).isEqualTo(i % 5 == 3 ? i : 0);
            assertThat(scores.taught(table)).isEqualTo(i % 5 == 4);
        }
        assertThat(scores.tables()).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void addsUpAndSaysNothingOfOtherTables() {
        TableScores scores = new TableScores();
        scores.addWords(3, 1);
        scores.addWords(3, 2);

        assertThat(scores.words(3)).isEqualTo(3);
        assertThat(scores.words(4)).isZero();
        assertThat(scores.contains(4)).isFalse();
        assertThat(scores.tables()).containsExactly(3);
    }
}
