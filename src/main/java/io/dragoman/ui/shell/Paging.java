package io.dragoman.ui.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** Turns the pages of a list; hidden while there is only one. */
public class Paging extends Nav {

    private final int onAPage;
    private final Runnable turned;
    private int offset;

    /**
     * @param onAPage entries
     * @param turned  hears that another page is wanted
     */
    public Paging(int onAPage, Runnable turned) {
        this.onAPage = onAPage;
        this.turned = turned;
        setAriaLabel("Pages of this list");
        addClassName("paging");
        setVisible(false);
    }

    /** The entries before the page. */
    public int offset() {
        return offset;
    }

    /** Back to the first page, without telling. */
    public void first() {
        offset = 0;
    }

    /**
     * Shows where the page is in the list.
     *
     * @param shown entries on it
     * @return false when the list has become shorter than that: the page before it is wanted then
     */
    public boolean show(int shown, long total) {
        if (shown == 0 && offset > 0) {
            turn(-onAPage);
            return false;
        }
        removeAll();
        setVisible(total > onAPage);
        Span where = new Span(String.format(Locale.ROOT, "%,d to %,d of %,d", offset + 1, offset + shown, total));
        where.addClassName("muted");
        add(button("Previous", -onAPage, offset > 0), where, button("Next", onAPage, offset + shown < total));
        return true;
    }

    private Button button(String words, int by, boolean possible) {
        Button button = new Button(words, click -> turn(by));
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        button.setEnabled(possible);
        return button;
    }

    private void turn(int by) {
        offset = Math.max(0, offset + by);
        turned.run();
    }
}
