package io.dragoman.ui.administration;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.dragoman.security.AuditEntry;
import io.dragoman.security.AuditLog;
import io.dragoman.ui.shell.Card;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.Paging;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Who did what and when, the latest first. */
class AuditList extends Div {

    private static final int ON_A_PAGE = 50;
    private static final int FIRST_FAILURE = 400;

    private final AccessServices services;
    private final TextField actor = new TextField("Who");
    private final ComboBox<String> action = new ComboBox<>("What begins with");
    private final TextField subject = new TextField("On what");
    private final DatePicker from = new DatePicker("From (UTC)");
    private final DatePicker until = new DatePicker("To");
    private final Grid<AuditEntry> grid = new Grid<>();
    private final Paging paging = new Paging(ON_A_PAGE, () -> refresh(UI.getCurrent()));
    private final EmptyState none = new EmptyState(VaadinIcon.SEARCH, "Nothing like that happened",
            "No entry of the log has all of that: leave out a part of the filter.");

    private record Found(List<AuditEntry> entries, long total) {
    }

    AuditList(AccessServices services) {
        this.services = services;
        action.setItems("sign_in.", "question.", "user.", "api_key.", "policy.", "schema_group.", "data_source.", "approval.", "GET ",
                "POST ", "PUT ", "PATCH ", "DELETE ");
        action.setAllowCustomValue(true);
        action.addCustomValueSetListener(typed -> action.setValue(typed.getDetail()));
        action.setClearButtonVisible(true);
        actor.setMaxLength(200);
        subject.setMaxLength(300);
        from.setClearButtonVisible(true);
        until.setClearButtonVisible(true);
        Button search = new Button("Show", click -> search());
        search.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        search.addClickShortcut(Key.ENTER).listenOn(this);
        Div filter = new Div(actor, action, subject, from, until, search);
        filter.addClassName("filter");
        grid.addComponentColumn(AuditList::entry).setHeader("Entry").setFlexGrow(1);
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.setAllRowsVisible(true);
        none.setVisible(false);
        addClassName("administered");
        add(filter, grid, none, paging);
    }

    private static Component entry(AuditEntry entry) {
        Span what = new Span(entry.action());
        what.addClassNames("mono", "entry-name");
        Div first = new Div(new Span(entry.actor()), what);
        first.addClassName("entry-title");
        if (entry.status() != null) {
            first.add(Card.badge(String.valueOf(entry.status()), entry.status() >= FIRST_FAILURE ? "error" : null));
        }
        if (entry.subject() != null) {
            Span on = new Span(entry.subject());
            on.addClassName("entry-subject");
            first.add(on);
        }
        String particulars = entry.details().entrySet().stream().map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
        Span second = new Span(String.join(" · ", List.of(Words.time(entry.at()), entry.credential() == null ? "" : entry.credential(),
                entry.address() == null ? "" : entry.address(), particulars).stream().filter(part -> !part.isBlank()).toList()));
        second.addClassName("muted");
        Div shown = new Div(first, second);
        shown.addClassName("entry");
        return shown;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh(event.getUI());
    }

    private void search() {
        paging.first();
        refresh(UI.getCurrent());
    }

    private void refresh(UI ui) {
        int offset = paging.offset();
        AuditLog.Filter filter = new AuditLog.Filter(text(actor.getValue()), text(action.getValue()), text(subject.getValue()),
                start(from.getValue()), until.isEmpty() ? null : start(until.getValue().plusDays(1)));
        services.background().run(ui, services.asAdministrator(() -> new Found(services.audit().list(filter, ON_A_PAGE, offset),
                services.audit().count(filter))), found -> {
            if (paging.show(found.entries.size(), found.total)) {
                grid.setItems(found.entries);
                grid.setVisible(!found.entries.isEmpty());
                none.setVisible(found.entries.isEmpty());
            }
        });
    }

    private static String text(String value) {
        return value == null || value.isBlank() ? null : value.replace("\0", "");
    }

    private static Instant start(LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
