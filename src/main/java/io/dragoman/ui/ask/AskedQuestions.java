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
    private UUID conversation;
    private String group;

    /** Keeps a run; the next question belongs to its conversation. */
    void add(QueryState state) {
        states.add(0, state);
        if (states.size() > KEPT) {
            states.remove(KEPT);
        }
        conversation = state.question().conversationId();
        if (state.draft() != null && state.retrieval() != null) {
            group = state.retrieval().group();
        }
    }

    /** Keeps how a run stands now. */
    void update(QueryState state) {
        states.replaceAll(known -> known.id().equals(state.id()) ? state : known);
    }

    /** The runs that are kept, the latest first. */
    List<QueryState> states() {
        return List.copyOf(states);
    }

    /** The conversation that the next question belongs to; null when it begins one. */
    UUID conversation() {
        return conversation;
    }

    /** The schema group that the conversation is about; null when that is not known yet. */
    String group() {
        return group;
    }

    /** The next question begins a conversation. */
    void beginConversation() {
        conversation = null;
        group = null;
    }
}
