package io.dragoman.ui.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short messages at the foot of the page. To be called with the UI's lock. */
public final class Notices {

    private static final int SUCCESS_MS = 4_000;

    private Notices() {
    }

    /** Says that something was done; goes away by itself. */
    public static void done(String message) {
        Notification notice = Notification.show(message, SUCCESS_MS, Notification.Position.BOTTOM_CENTER);
        notice.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
    }

    /** Says that something was done and offers to take it back, for ten seconds. */
    public static void done(String message, String undo, Runnable undone) {
        Notification notice = new Notification();
        notice.setDuration(10_000);
        Button button = new Button(undo, click -> {
            notice.close();
            undone.run();
        });
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        Span row = new Span(new Span(message), button);
        row.addClassName("notice");
        notice.add(row);
        notice.addThemeVariants(NotificationVariant.LUMO_CONTRAST);
        notice.setPosition(Notification.Position.BOTTOM_CENTER);
        notice.open();
    }

    /** Says what went wrong; stays until it is closed. */
    public static void error(String message) {
        Notification notice = new Notification();
        Button close = new Button(VaadinIcon.CLOSE_SMALL.create(), click -> notice.close());
        close.setAriaLabel("Close the message");
        close.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_ICON);
        Span row = new Span(new Span(message), close);
        row.addClassName("notice");
        notice.add(row);
        notice.setDuration(0);
        notice.addThemeVariants(NotificationVariant.LUMO_ERROR);
        notice.setAssertive(true);
        notice.setPosition(Notification.Position.BOTTOM_CENTER);
        notice.open();
    }
}
