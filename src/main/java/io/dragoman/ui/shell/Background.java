package io.dragoman.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.dragoman.failure.FailureException;
import io.dragoman.security.CurrentCall;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/** Does what may take long away from the UI's thread, and brings the outcome back to the page. Thread-safe. */
@Component
public class Background {

    private final AsyncTaskExecutor executor;

    Background(@Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
        this.executor = executor;
    }

    /**
     * Works in the background, on behalf of whoever is signed in.
     *
     * @param ui   the page's, which is told of the outcome with its lock held; nobody is told when it is gone by then
     * @param work runs without the UI's lock
     * @param done gets what the work gave
     * @param fail gets, for people, why the work failed
     * @return the work, to cancel it
     */
    public <T> Future<?> run(UI ui, Supplier<T> work, Consumer<T> done, Consumer<String> fail) {
        Supplier<T> asCaller = CurrentCall.wrap(work);
        return executor.submit(() -> {
            T outcome;
            try {
                outcome = asCaller.get();
            } catch (RuntimeException e) {
                String words = words(e);
                tell(ui, () -> fail.accept(words));
                return;
            }
            tell(ui, () -> done.accept(outcome));
        });
    }

    /** The same; a failure becomes a notice. */
    public <T> Future<?> run(UI ui, Supplier<T> work, Consumer<T> done) {
        return run(ui, work, done, Notices::error);
    }

    /** Changes the page from any thread; does nothing when the page is gone. */
    public static void tell(UI ui, Runnable change) {
        try {
            ui.access(change::run);
        } catch (UIDetachedException e) {
            // The page was closed meanwhile: there is nobody to tell.
        }
    }

    /** What to tell people of a failure; what nobody expected is logged under the trace id that is told. */
    public static String words(RuntimeException failure) {
        if (failure instanceof FailureException known) {
            return known.failure().message();
        }
        return "That did not work. The server's log has the cause under trace " + PageFailures.record(failure) + ".";
    }
}
