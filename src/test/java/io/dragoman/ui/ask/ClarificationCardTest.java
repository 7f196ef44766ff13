package io.dragoman.ui.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import io.dragoman.pipeline.QueryState.Clarification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClarificationCardTest {

    private static Stream<Component> within(Component component) {
        return Stream.concat(Stream.of(component), component.getChildren().flatMap(ClarificationCardTest::within));
    }

    private static String askedAfterChoosing(String question, String phrase, String choice) {
        List<String> asked = new ArrayList<>();
        ClarificationCard card = new ClarificationCard(question,
                new Clarification("Which date?", phrase, List.of(choice, "other"), List.of()), asked::add);
        within(card).filter(Button.class::isInstance).map(Button.class::cast)
                .filter(button -> button.getText().equals(choice)).findFirst().orElseThrow().click();
        return asked.get(0);
    }

    @Test
    void putsTheChoiceInPlaceOfTheAmbiguousWords() {
        assertThat(askedAfterChoosing("orders by Date please", "date", "shipped date"))
                .isEqualTo("orders by shipped date please");
    }

    @Test
    void addsTheChoiceWhenTheWordsAreNotInTheQuestion() {
        assertThat(askedAfterChoosing("the average instead", null, "orders.total_amount"))
                .isEqualTo("the average instead (orders.total_amount)");
    }
}
