package io.dragoman.ui.shell;

import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.component.UI;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns whatever a page did not expect into a log entry and a message with the same trace id, never a stack trace. */
@Component
public class PageFailures implements VaadinServiceInitListener {

    private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);

    PageFailures() {
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(PageFailures::tell));
    }

    /** Logs an unexpected failure and returns the trace id to show in its place. */
    public static String record(Throwable failure) {
        String trace = UUID.randomUUID().toString();
        LOG.error("A page failed, trace {}", trace, failure);
        return trace;
    }

    private static void tell(ErrorEvent event) {
        if (event.getThrowable() instanceof IOException) {
            LOG.debug("The browser went away in the middle of a reply", event.getThrowable());
            return;
        }
        String trace = record(event.getThrowable());
        UI ui = UI.getCurrent();
        if (ui != null) {
            ui.access(() -> Notices.error("That did not work. The server's log has the cause under trace " + trace + "."));
        }
    }
}
