package io.dragoman.ui.ask;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.dragoman.pipeline.ProgressListener.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stages of a run, lighting up as they begin and end. A loop shows as stages that follow again. */
class StageTrack extends OrderedList {

    private static final List<String> USUAL =
            List.of("intent", "retrieve", "analyse", "generate", "validate", "execute", "answer");

    private final List<Stage> stages = new ArrayList<>();

    StageTrack() {
        addClassName("stages");
        getElement().setAttribute("aria-label", "Stages of this run");
    }

    /** Shows the usual stages, none of which has begun. */
    void begin(boolean execute) {
        removeAll();
        stages.clear();
        USUAL.stream().filter(name -> execute || !name.equals("execute") && !name.equals("answer"))
                .forEach(name -> insert(stages.size(), name));
        setVisible(true);
    }

    /** A stage began or ended. */
    void show(String name, Status status, double elapsedMs, String detail) {
        Stage stage = status == Status.STARTED ? begun(name) : running(name).orElseGet(() -> begun(name));
        stage.show(status, elapsedMs, detail);
    }

    /** The run is over: what has not begun will not. */
    void end() {
        stages.stream().filter(Stage::waiting).forEach(Stage::skip);
        stages.stream().filter(Stage::running).forEach(Stage::stop);
    }

    private Optional<Stage> running(String name) {
        return stages.stream().filter(stage -> stage.name.equals(name) && stage.running()).findFirst();
    }

    private Stage begun(String name) {
        return stages.stream().filter(stage -> stage.name.equals(name) && stage.waiting()).findFirst()
                .orElseGet(() -> insert(afterLastBegun(), name));
    }

    private int afterLastBegun() {
        for (int i = stages.size(); i > 0; i--) {
            if (!stages.get(i - 1).waiting()) {
                return i;
            }
        }
        return 0;
    }

    private Stage insert(int at, String name) {
        Stage stage = new Stage(name);
        stages.add(at, stage);
        addComponentAtIndex(at, stage);
        return stage;
    }

    /** Milliseconds as people read them. */
    static String milliseconds(double elapsedMs) {
        return elapsedMs < 10 ? String.format(Locale.ROOT, "%.1f ms", elapsedMs)
                : elapsedMs < 10_000 ? String.format(Locale.ROOT, "%.0f ms", elapsedMs)
                : String.format(Locale.ROOT, "%.1f s", elapsedMs / 1_000);
    }

    private static class Stage extends ListItem {

        private final String name;
        private final Span time = new Span();
        private String state;

        Stage(String name) {
            this.name = name;
            Span words = new Span(name);
            words.addClassName("stage-name");
            time.addClassName("stage-time");
            add(words, time);
            getElement().setAttribute("data-stage", name);
            state("waiting");
        }

        void show(Status status, double elapsedMs, String detail) {
            state(status == Status.STARTED ? "running" : status == Status.COMPLETED ? "done" : "failed");
            time.setText(status == Status.STARTED ? "…" : milliseconds(elapsedMs));
            if (detail != null) {
                setTitle(detail);
            }
        }

        boolean waiting() {
            return state.equals("waiting");
        }

        boolean running() {
            return state.equals("running");
        }

        void skip() {
            state("skipped");
        }

        void stop() {
            state("skipped");
            time.setText("stopped");
        }

        private void state(String now) {
            state = now;
            getElement().setAttribute("data-state", now);
        }
    }
}
