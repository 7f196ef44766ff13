package io.dragoman.ui.ask;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.dragoman.conversation.Conversations;
import io.dragoman.feedback.Feedbacks;
import io.dragoman.feedback.Retries;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.Question;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.MainLayout;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asking questions. {@code ?q=…&group=…} asks at once. */
@RolesAllowed({"ASKER", "ADMIN"})
@Route(value = "", layout = MainLayout.class)
@PageTitle("Ask")
@Menu(order = 1, title = "Ask", icon = "vaadin:comment-o")
class AskView extends Div implements AfterNavigationObserver, QuestionForm.Listener {

    private static final int TITLE = 100;

    private final Conversations conversations;
    private final QueryPipeline pipeline;
    private final QueryRuns runs;
    private final SchemaGroups groups;
    private final Background background;
    private final AskedQuestions asked;
    private final QuestionForm form = new QuestionForm(this);
    private final SampleQuestions samples = new SampleQuestions(this::askAfresh);
    private final StageTrack stages = new StageTrack();
    private final Retries retries;
    private final Reply reply;
    private final History history = new History(this::show, this::askAgain, this::beginConversation);
    private Future<?> work;
    private UUID run;

    AskView(Conversations conversations, QueryPipeline pipeline, QueryRuns runs, SchemaGroups groups,
            Background background, AskedQuestions asked, Feedbacks feedbacks, Retries retries) {
        this.conversations = conversations;
        this.pipeline = pipeline;
        this.runs = runs;
        this.groups = groups;
        this.background = background;
        this.asked = asked;
        this.retries = retries;
        this.reply = new Reply(this::askWithin, this::lookAgain,
                state -> new FeedbackCard(state, feedbacks, background, this::retry));
        addClassNames("page", "ask");
        stages.setVisible(false);
        form.onGroup(samples::show);
        add(new Div(form, stages, reply, samples), history);
        form.continuing(asked.group());
        history.show(asked.states());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        background.run(event.getUI(), this::samples, found -> {
            form.offer(List.copyOf(found.keySet()));
            samples.offer(found);
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stop();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        parameters.getSingleParameter("q").ifPresent(question -> askAfresh(
                question.substring(0, Math.min(question.length(), Question.MAX_LENGTH)),
                parameters.getSingleParameter("group").orElse(null)));
    }

    @Override
    public void ask(String text, String group, boolean execute, boolean approval) {
        UI ui = UI.getCurrent();
        UUID id = UUID.randomUUID();
        if (group != null && !group.equals(asked.group())) {
            asked.beginConversation();
        }
        UUID thread = asked.conversation();
        form.running(true);
        samples.setVisible(false);
        stages.begin(execute);
        reply.clear();
        address(ui, text, group);
        start(ui, id, listener -> run(id, question(text, group, execute, approval), thread, listener));
    }

    /** Asks again with what is to be different. */
    private void retry(QueryState before, String feedback) {
        UUID id = UUID.randomUUID();
        stop();
        form.running(true);
        stages.begin(before.question().execute());
        reply.clear();
        start(UI.getCurrent(), id, listener -> retries.retry(id, before.id(), feedback, trace(id), listener));
    }

    private void start(UI ui, UUID id, Function<ProgressListener, QueryState> running) {
        ProgressListener listener = (of, stage, status, elapsedMs, detail) -> Background.tell(ui, () -> {
            if (id.equals(run)) {
                stages.show(stage, status, elapsedMs, detail);
            }
        });
        run = id;
        work = background.run(ui, () -> running.apply(listener), state -> finish(id, state), words -> fail(id, words));
    }

    @Override
    public void cancel() {
        stop();
        reply.say("Cancelled", "The question was given up. If its query was running, the database was told to stop it.");
    }

    private static Question question(String text, String group, boolean execute, boolean approval) {
        return new Question(text, group, null, null, null, execute, null, null, approval, null, null, null, null);
    }

    private QueryState run(UUID id, Question question, UUID thread, ProgressListener listener) {
        UUID conversation = thread == null ? conversations.create(title(question.text())).id() : thread;
        return conversations.ask(id, trace(id), question.in(conversation), listener);
    }

    private static String trace(UUID id) {
        return id.toString().replace("-", "");
    }

    /** Shows how a run stands that waited; once it was approved and run, with its rows, which are not kept. */
    private void lookAgain(QueryState waiting) {
        background.run(UI.getCurrent(), () -> runs.find(waiting.id()).map(this::withRows).orElse(waiting), state -> {
            asked.update(state);
            history.show(asked.states());
            reply.show(state);
        });
    }

    private QueryState withRows(QueryState state) {
        return state.results() == null || state.results().rowCount() == 0 ? state
                : pipeline.replay(state.id(), "execute", trace(UUID.randomUUID()));
    }

    private static String title(String text) {
        return text.length() <= TITLE ? text : text.substring(0, TITLE - 1) + "…";
    }

    private void finish(UUID id, QueryState state) {
        if (!id.equals(run)) {
            return;
        }
        asked.add(state);
        end();
        form.continuing(asked.group());
        reply.show(state);
        history.show(asked.states());
    }

    private void fail(UUID id, String words) {
        if (id.equals(run)) {
            end();
            reply.say("No answer", words);
        }
    }

    private void stop() {
        if (run != null) {
            pipeline.cancel(run);
            work.cancel(false);
        }
        end();
    }

    private void end() {
        run = null;
        work = null;
        stages.end();
        form.running(false);
    }

    private void show(QueryState state) {
        stop();
        form.fill(state.question().text(), state.question().schemaGroup());
        stages.setVisible(false);
        samples.setVisible(false);
        reply.show(state);
    }

    private void askAgain(QueryState state) {
        askAfresh(state.question().text(), state.question().schemaGroup());
    }

    private void askAfresh(String question, String group) {
        asked.beginConversation();
        form.continuing(null);
        askWithin(question, group);
    }

    private void askWithin(String question, String group) {
        stop();
        form.fill(question, group);
        form.submit();
    }

    private void beginConversation() {
        asked.beginConversation();
        form.continuing(null);
        stop();
        form.fill("", form.group());
        stages.setVisible(false);
        reply.removeAll();
        samples.setVisible(true);
        form.write();
    }

    private static void address(UI ui, String question, String group) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("q", question);
        if (group != null) {
            parameters.put("group", group);
        }
        ui.getPage().getHistory().replaceState(null, new Location("", QueryParameters.simple(parameters)));
    }

    private Map<String, List<String>> samples() {
        return groups.names().stream().flatMap(name -> groups.find(name).map(Stream::of).orElseGet(Stream::empty))
                .collect(Collectors.toMap(group -> group.name(),
                        group -> group.examples().stream().map(Example::question).limit(12).toList(),
                        (one, other) -> one, LinkedHashMap::new));
    }
}
