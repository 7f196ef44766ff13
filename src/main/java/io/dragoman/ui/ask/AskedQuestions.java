package io.dragoman.ui.ask;

import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.VaadinSessionScope;
import io.dragoman.pipeline.QueryState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What was asked in this browser session, the latest first. Used with the session's lock held. */
@SpringComponent
@VaadinSessionScope
class AskedQuestions {

    private static final int KEPT = 30;

    private final List<QueryState> states = new ArrayList<>();
    private UUID conversation = UUID.randomUUID();
    private QueryState latest;

    /** Keeps a run; it is what the next question of the conversation may follow up. */
    void add(QueryState state) {
        states.add(0, state);
        if (states.size() > KEPT) {
            states.remove(KEPT);
        }
        if (state.status() == QueryState.Status.COMPLETED && state.draft() != null) {
            latest = state;
        }
    }

    /** The runs that are kept, the latest first. */
    List<QueryState> states() {
        return List.copyOf(states);
    }

    /** The conversation that the next question belongs to. */
    UUID conversation() {
        return conversation;
    }

    /** The last run of the conversation that gave a query; null when there is none. */
    QueryState latest() {
        return latest;
    }

    /** Begins a conversation: the next question follows nothing up. */
    void beginConversation() {
        conversation = UUID.randomUUID();
        latest = null;
    }
}
