package io.dragoman.conversation;

import io.dragoman.cache.Caches;
import io.dragoman.cache.NamedCache;
import io.dragoman.config.CacheProperties;
import io.dragoman.conversation.ConversationStore.Asked;
import io.dragoman.conversation.ConversationStore.Summary;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.Question;
import io.dragoman.pipeline.RunEnded;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** Threads of questions and answers. A question in a thread can change the one before it. Thread-safe. */
@Service
public class Conversations {

    /** So many questions of before are always told to an LLM as they are. */
    private static final int LATEST = 5;
    /** So many older ones are summed up together. */
    private static final int OLDER = 5;
    private static final int MOST_TURNS = 30;

    private final ConversationStore store;
    private final QueryPipeline pipeline;
    private final QueryRuns runs;
    private final SchemaGroups groups;
    /** By run, which does not change any more once it is completed. In this process alone: reading a run costs no more than Redis. */
    private final NamedCache<ThreadContext> contexts;

    Conversations(ConversationStore store, QueryPipeline pipeline, QueryRuns runs, SchemaGroups groups, Caches caches,
            CacheProperties cached) {
        this.contexts = caches.create("conversations", cached.conversations(), ThreadContext::bytes, null);
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
     * The databases that a thread was about and that the caller sees, the last used first.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public List<UsedDatabase> databases(UUID id) {
        Caller caller = CurrentCall.current();
        return store.databases(get(id).id()).stream().filter(used -> inSight(caller, used)).toList();
    }

    private static boolean inSight(Caller caller, UsedDatabase used) {
        return (used.schemaGroup() == null ? caller.schemaGroups() == null : caller.sees(used.schemaGroup()))
                && (used.datasource() == null || caller.seesDataSource(used.datasource()));
    }

    /** Threads, the latest first. */
    public List<Conversation> list(int limit, int offset) {
        return store.list(limit, offset);
    }

    /** How many threads there are. */
    public long count() {
        return store.count();
    }

    /** The messages of a thread, in the order they were said, without those on schema groups that the caller does not see. */
    public List<Message> messages(UUID conversation, int limit, int offset) {
        return store.messages(conversation, limit, offset);
    }

    /** How many messages of a thread the caller sees. */
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
        keepSummary(thread, state);
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
        keepSummary(thread, state);
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

    /** What a run of a thread came to that was resumed, or that somebody decided on, is its reply from then on. */
    @EventListener
    void ended(RunEnded end) {
        UUID thread = end.run().question().conversationId();
        if (thread != null) {
            store.exchange(thread, end.run().question().text(), reply(end.run()), end.run().id());
        }
    }

    private Question context(Conversation thread, Question question) {
        ThreadContext context = store.lastRun(thread.id()).map(this::context).orElse(null);
        if (context == null || elsewhere(question, context)) {
            return question;
        }
        Question told = told(thread, question, context.group());
        return context.plan() == null ? told : told.following(context.plan(), context.group(), context.datasource());
    }

    /** With the latest questions of the thread to a schema group as they are, and the older ones to be summed up or so already. */
    private Question told(Conversation thread, Question question, String group) {
        Optional<Summary> summary = store.summary(thread.id(), group);
        List<Asked> asked = store.turns(thread.id(), group, summary.map(Summary::until).orElse(Instant.EPOCH), MOST_TURNS);
        int old = asked.size() < LATEST + OLDER ? 0 : asked.size() - LATEST;
        List<Question.Turn> turns = asked.stream().map(Asked::turn).toList();
        Question.Earlier earlier = old > 0
                ? new Question.Earlier(group, summary.map(Summary::text).orElse(null), turns.subList(0, old), asked.get(old - 1).at())
                : summary.map(known -> new Question.Earlier(group, known.text(), List.of(), known.until())).orElse(null);
        return question.after(turns.subList(old, turns.size()), earlier);
    }

    /** Keeps the summary that the run made, for the schema group whose questions it sums up, whatever the run was about. */
    private void keepSummary(Conversation thread, QueryState state) {
        Question.Earlier earlier = state.question().earlier();
        boolean summedUp = state.stages().stream().anyMatch(stage -> stage.name().equals("conversation-summary"));
        if (summedUp && earlier != null && earlier.turns().isEmpty()) {
            store.keep(thread.id(), earlier.group(), new Summary(earlier.summary(), earlier.until()));
        }
    }

    /** What a run leaves for the question after it; null when that is nothing, or not for the present caller to see. */
    private ThreadContext context(UUID run) {
        Caller caller = CurrentCall.current();
        ThreadContext context = contexts.get(run + " " + caller.userId() + " " + caller.is(Role.ADMIN),
                key -> runs.find(run).map(ThreadContext::of).orElse(null));
        return context == null || !caller.sees(context.group()) ? null : context;
    }

    /** Whether the question is put to another schema group than the one before. */
    private boolean elsewhere(Question question, ThreadContext last) {
        return question.schemaGroup() != null && groups.find(question.schemaGroup())
                .filter(group -> group.name().equals(last.group())).isEmpty();
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
