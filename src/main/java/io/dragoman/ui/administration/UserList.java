package io.dragoman.ui.administration;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.dragoman.security.User;
import io.dragoman.ui.shell.Notices;
import io.dragoman.ui.shell.Paging;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The people and programs that may call. */
class UserList extends Div {

    private static final int ON_A_PAGE = 20;

    private final AccessServices services;
    private final Grid<User> grid = new Grid<>();
    private final Paging paging = new Paging(ON_A_PAGE, () -> refresh(UI.getCurrent()));

    private record Found(List<User> users, long total) {
    }

    UserList(AccessServices services) {
        this.services = services;
        Button add = new Button("Add a user", VaadinIcon.PLUS.create(), click -> edit(null));
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        grid.addComponentColumn(user -> Words.entry(user.name(), user.roles(), state(user),
                Words.sight(user.schemaGroups(), user.dataSources()) + ". Signed in last: " + Words.time(user.lastSignInAt())))
                .setHeader("User").setFlexGrow(1);
        grid.addComponentColumn(this::actions).setHeader("Actions").setAutoWidth(true).setFlexGrow(0);
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.setAllRowsVisible(true);
        addClassName("administered");
        add(add, grid, paging);
    }

    private static String state(User user) {
        return !user.enabled() ? "disabled" : user.external() ? "single sign-on" : null;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh(event.getUI());
    }

    private void refresh(UI ui) {
        int from = paging.offset();
        services.background().run(ui, services.asAdministrator(() -> new Found(services.users().list(ON_A_PAGE, from),
                services.users().count())), found -> {
            if (paging.show(found.users.size(), found.total)) {
                grid.setItems(found.users);
            }
        });
    }

    private Div actions(User user) {
        Div actions = new Div(Words.icon(VaadinIcon.PENCIL, "Edit " + user.name(), () -> edit(user)));
        if (!user.external()) {
            actions.add(Words.icon(VaadinIcon.PASSWORD, "New one-time password for " + user.name(), () -> resetPassword(user)));
        }
        actions.add(user.enabled() ? Words.icon(VaadinIcon.BAN, "Disable " + user.name(), () -> disable(user))
                : Words.icon(VaadinIcon.CHECK, "Enable " + user.name(), () -> enable(user, true)));
        actions.addClassName("entry-actions");
        return actions;
    }

    private void edit(User user) {
        UI ui = UI.getCurrent();
        services.background().run(ui, () -> List.of(services.groupNames(), services.dataSourceNames()),
                names -> new UserDialog(user, names.get(0), names.get(1), (draft, failed) -> save(ui, user, draft, failed)).open());
    }

    private void save(UI ui, User user, UserDialog.Filled filled, Consumer<String> failed) {
        work(ui, () -> {
            if (user != null) {
                services.users().change(user.id().toString(), filled.draft());
                return null;
            }
            User made = services.users().create(filled.draft());
            return filled.password() ? services.users().oneTimePassword(made.id().toString()) : null;
        }, password -> {
            filled.done().run();
            if (password != null) {
                tell(filled.draft().name(), password);
            } else {
                Notices.done(user == null ? "Added." : "Changed.");
            }
        }, failed);
    }

    private void resetPassword(User user) {
        UI ui = UI.getCurrent();
        ConfirmDialog sure = new ConfirmDialog("A new password for " + user.name() + "?",
                "The present one is not taken any more. The new one is shown once, and has to be changed at the next sign-in.",
                "Make one", confirmed -> work(ui, () -> services.users().oneTimePassword(user.id().toString()),
                        password -> tell(user.name(), password), Notices::error));
        sure.setCancelable(true);
        sure.open();
    }

    private static void tell(String name, String password) {
        new SecretDialog("Password of " + name, "One-time password", password, "Hand it over now: it is not shown again. It has to be"
                + " changed at the first sign-in.").open();
    }

    private void disable(User user) {
        ConfirmDialog sure = new ConfirmDialog("Disable " + user.name() + "?", "Neither sign-in nor any of the user's keys and tokens"
                + " is taken then. What the user asked stays.", "Disable", confirmed -> enable(user, false));
        sure.setConfirmButtonTheme("error primary");
        sure.setCancelable(true);
        sure.open();
    }

    private void enable(User user, boolean enabled) {
        work(UI.getCurrent(), () -> services.users().change(user.id().toString(),
                new User.Draft(null, null, null, enabled, null, null, null)),
                changed -> Notices.done(changed.name() + (enabled ? " is enabled." : " is disabled.")), Notices::error);
    }

    private <T> void work(UI ui, Supplier<T> work, Consumer<T> done, Consumer<String> failed) {
        services.background().run(ui, services.asAdministrator(work), outcome -> {
            done.accept(outcome);
            refresh(ui);
        }, failed);
    }
}
