package io.dragoman.ui.ask;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.dragoman.pipeline.QueryState;
import java.util.List;
import java.util.function.Consumer;

/** The questions of this session: a click shows one again, the arrow asks it again. */
class History extends Aside {

    private final Consumer<QueryState> shown;
    private final Consumer<QueryState> askedAgain;
    private final OrderedList list = new OrderedList();
    private final Paragraph none = new Paragraph("What you ask is kept here until you close the browser.");

    History(Consumer<QueryState> shown, Consumer<QueryState> askedAgain, Runnable begun) {
        this.shown = shown;
        this.askedAgain = askedAgain;
        addClassName("history");
        getElement().setAttribute("aria-label", "Questions of this session");
        Button begin = new Button("New conversation", VaadinIcon.PLUS.create(), click -> begun.run());
        begin.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        none.addClassName("muted");
        add(new Header(new H2("This session"), begin), none, list);
    }

    /** Shows these runs, the latest first. */
    void show(List<QueryState> states) {
        none.setVisible(states.isEmpty());
        list.setVisible(!states.isEmpty());
        list.removeAll();
        states.stream().map(this::item).forEach(list::add);
    }

    private ListItem item(QueryState state) {
        Button show = new Button(state.question().text(), click -> shown.accept(state));
        show.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        show.addClassName("history-question");
        Button again = new Button(VaadinIcon.REFRESH.create(), click -> askedAgain.accept(state));
        again.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
        again.setAriaLabel("Ask again: " + state.question().text());
        again.setTooltipText("Ask again");
        ListItem item = new ListItem(show, again);
        item.getElement().setAttribute("data-status", state.status().name());
        return item;
    }
}
