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
import io.dragoman.pipeline.Question;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryState;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.MainLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asking questions. {@code ?q=…&group=…} asks at once. */
@Route(value = "", layout = MainLayout.class)
@PageTitle("Ask")
@Menu(order = 1, title = "Ask", icon = "vaadin:comment-o")
class AskView extends Div implements AfterNavigationObserver, QuestionForm.Listener {

    private final QueryPipeline pipeline;
    private final SchemaGroups groups;
    private final Background background;
    private final AskedQuestions asked;
    private final QuestionForm form = new QuestionForm(this);
    private final SampleQuestions samples = new SampleQuestions(this::askAfresh);
    private final StageTrack stages = new StageTrack();
    private final Reply reply = new Reply(this::askWithin);
    private final History history = new History(this::show, this::askAgain, this::beginConversation);
    private Future<?> run;
    private int runNumber;

    AskView(QueryPipeline pipeline, SchemaGroups groups, Background background, AskedQuestions asked) {
        this.pipeline = pipeline;
        this.groups = groups;
        this.background = background;
        this.asked = asked;
        addClassNames("page", "ask");
        stages.setVisible(false);
        form.onGroup(samples::show);
        add(new Div(form, stages, reply, samples), history);
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
    public void ask(String text, String group, boolean execute) {
        UI ui = UI.getCurrent();
        int number = ++runNumber;
        form.running(true);
        samples.setVisible(false);
        stages.begin(execute);
        reply.clear();
        address(ui, text, group);
        Question question = question(text, group, execute);
        run = background.run(ui, () -> pipeline.run(question, (id, stage, status, elapsedMs, detail) ->
                Background.tell(ui, () -> {
                    if (number == runNumber) {
                        stages.show(stage, status, elapsedMs, detail);
                    }
                })), state -> finish(number, state), words -> fail(number, words));
    }

    @Override
    public void cancel() {
        stop();
        reply.say("Cancelled", "Nobody waits for this answer any more.");
    }

    private Question question(String text, String group, boolean execute) {
        Question question = new Question(text, group, asked.conversation(), null, null, execute, null, null, false, null,
                null, null);
        QueryState before = asked.latest();
        if (before == null || before.draft().plan() == null || before.retrieval() == null
                || group != null && !group.equals(before.retrieval().group())) {
            return question;
        }
        return question.following(before.draft().plan(), before.retrieval().group(), before.analysis().datasource());
    }

    private void finish(int number, QueryState state) {
        if (number != runNumber) {
            return;
        }
        asked.add(state);
        end();
        reply.show(state);
        history.show(asked.states());
    }

    private void fail(int number, String words) {
        if (number == runNumber) {
            end();
            reply.say("No answer", words);
        }
    }

    private void stop() {
        runNumber++;
        if (run != null) {
            run.cancel(true);
        }
        end();
    }

    private void end() {
        run = null;
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
        askWithin(question, group);
    }

    private void askWithin(String question, String group) {
        stop();
        form.fill(question, group);
        form.submit();
    }

    private void beginConversation() {
        asked.beginConversation();
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
