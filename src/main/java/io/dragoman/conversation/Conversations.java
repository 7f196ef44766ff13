package io.dragoman.conversation;

import io.dragoman.failure.FailureException;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.Question;
import io.dragoman.schema.SchemaGroups;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Threads of questions and answers. A question in a thread can change the one before it. Thread-safe. */
@Service
public class Conversations {

    /** So many questions of before are told to an LLM. */
    private static final int MOST_TURNS = 5;

    private final ConversationStore store;
    private final QueryPipeline pipeline;
    private final QueryRuns runs;
    private final SchemaGroups groups;

    Conversations(ConversationStore store, QueryPipeline pipeline, QueryRuns runs, SchemaGroups groups) {
        this.store = store;
        this.pipeline = pipeline;
        this.runs = runs;
        this.groups = groups;
    }

    /** Begins a thread; the title may be null. */
    public Conversation create(String title) {
        return store.create(title);
    }

    /**
     * The thread of that id.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public Conversation get(UUID id) {
        return store.find(id).orElseThrow(() -> FailureException.notFound("conversation", id.toString()));
    }

    /**
     * Gives a thread another title.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public Conversation rename(UUID id, String title) {
        if (!store.rename(id, title)) {
            throw FailureException.notFound("conversation", id.toString());
        }
        return get(id);
    }

    /**
     * Deletes a thread and what was said in it. Its runs stay, as runs of no thread.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public void delete(UUID id) {
        if (!store.delete(id)) {
            throw FailureException.notFound("conversation", id.toString());
        }
    }

    /**
     * What LLMs consumed for a thread.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public TokenUse tokens(UUID id) {
        UUID thread = get(id).id();
        List<TokenUse.Share> byModel = store.tokens(thread, "c.provider || '/' || c.model");
        long input = byModel.stream().mapToLong(TokenUse.Share::inputTokens).sum();
        long output = byModel.stream().mapToLong(TokenUse.Share::outputTokens).sum();
        return new TokenUse(byModel.stream().mapToLong(TokenUse.Share::calls).sum(), input, output, input + output,
                byModel.stream().mapToDouble(TokenUse.Share::costUsd).sum(), byModel, store.tokens(thread, "c.stage"));
    }

    /**
     * The databases that a thread was about, the last used first.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public List<UsedDatabase> databases(UUID id) {
        return store.databases(get(id).id());
    }

    /** Threads, the latest first. */
    public List<Conversation> list(int limit, int offset) {
        return store.list(limit, offset);
    }

    /** How many threads there are. */
    public long count() {
        return store.count();
    }

    /** The messages of a thread, in the order they were said. */
    public List<Message> messages(UUID conversation, int limit, int offset) {
        return store.messages(conversation, limit, offset);
    }

    /** How many messages a thread has. */
    public long messageCount(UUID conversation) {
        return store.messageCount(conversation);
    }

    /**
     * Asks within the thread that the question names: the last plan of the thread is what a follow-up changes. Both the
     * question and the reply become messages.
     *
     * @throws FailureException {@code NOT_FOUND} when there is no such thread
     */
    public QueryState ask(UUID runId, String traceId, Question question, ProgressListener listener) {
        Conversation thread = get(question.conversationId());
        QueryState state = pipeline.run(runId, traceId, context(thread, question), listener);
        store.exchange(thread.id(), question.text(), reply(state), state.id());
        return state;
    }

    /**
     * The same for a run that another server began: it goes on from its last checkpoint, and what was said is noted once.
     *
     * @throws FailureException {@code NOT_FOUND} when there is no such thread any more
     */
    public QueryState takeUp(UUID runId, String traceId, Question question, ProgressListener listener) {
        Conversation thread = get(question.conversationId());
        QueryState state = pipeline.takeUp(runId, traceId, context(thread, question), listener);
        store.exchange(thread.id(), question.text(), reply(state), state.id());
        return state;
    }

    /** Adds what was said of a run of the thread, and what came of it, to the messages; nothing when the thread is gone. */
    public void said(String text, QueryState state) {
        UUID thread = state.question().conversationId();
        if (thread != null && store.find(thread).isPresent()) {
            store.exchange(thread, text, reply(state), state.id());
        }
    }

    private Question context(Conversation thread, Question question) {
        Optional<QueryState> last = store.lastRun(thread.id()).flatMap(runs::find);
        LogicalPlan plan = last.map(QueryState::draft).map(QueryState.Draft::plan)
                .or(() -> last.map(QueryState::analysis).map(QueryState.Analysis::plan)).orElse(null);
        if (last.isEmpty() || last.get().retrieval() == null || last.get().analysis() == null || elsewhere(question, last.get())) {
            return question;
        }
        String group = last.get().retrieval().group();
        Question told = question.after(store.turns(thread.id(), group, MOST_TURNS));
        return plan == null ? told : told.following(plan, group, last.get().analysis().datasource());
    }

    /** Whether the question is put to another schema group than the one before. */
    private boolean elsewhere(Question question, QueryState last) {
        return question.schemaGroup() != null && groups.find(question.schemaGroup())
                .filter(group -> group.name().equals(last.retrieval().group())).isEmpty();
    }

    private static String reply(QueryState state) {
        if (state.failure() != null) {
            return state.failure().message();
        }
        if (state.clarification() != null) {
            return state.clarification().question();
        }
        return state.answer() != null ? state.answer().text() : state.draft() != null ? state.draft().query() : "";
    }
}
