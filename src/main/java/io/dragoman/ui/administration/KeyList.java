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
import io.dragoman.security.ApiKey;
import io.dragoman.security.User;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.Notices;
import io.dragoman.ui.shell.Paging;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The keys that programs show. */
class KeyList extends Div {

    private static final int ON_A_PAGE = 20;
    private static final int MOST_USERS = 1_000;

    private final AccessServices services;
    private final Grid<ApiKey> grid = new Grid<>();
    private final Paging paging = new Paging(ON_A_PAGE, () -> refresh(UI.getCurrent()));
    private final EmptyState none = new EmptyState(VaadinIcon.KEY_O, "No API keys yet",
            "A key lets a program call the API on behalf of a user, with some of what the user may do.");

    private record Found(List<ApiKey> keys, long total) {
    }

    private record Choices(List<User> users, List<String> groups, List<String> sources) {
    }

    KeyList(AccessServices services) {
        this.services = services;
        Button add = new Button("Make a key", VaadinIcon.PLUS.create(), click -> make());
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        grid.addComponentColumn(key -> Words.entry(key.name(), key.roles(), state(key), key.prefix() + "… for " + key.user() + ", "
                + limits(key))).setHeader("API key").setFlexGrow(1);
        grid.addComponentColumn(this::actions).setHeader("Actions").setAutoWidth(true).setFlexGrow(0);
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.setAllRowsVisible(true);
        none.setVisible(false);
        addClassName("administered");
        add(add, grid, none, paging);
    }

    private static String state(ApiKey key) {
        return key.revokedAt() != null ? "revoked" : key.expiresAt() != null && key.expiresAt().isBefore(Instant.now()) ? "expired"
                : key.loopbackOnly() ? "this machine only" : null;
    }

    private static String limits(ApiKey key) {
        String sight = key.schemaGroups() == null && key.dataSources() == null ? "sees what the user sees"
                : Words.sight(key.schemaGroups(), key.dataSources());
        return sight + ". Used last: " + Words.time(key.lastUsedAt()) + ". "
                + (key.expiresAt() == null ? "Does not expire." : "Expires: " + Words.time(key.expiresAt()) + ".")
                + (key.callsPerSecond() == null ? "" : " " + key.callsPerSecond() + " calls a second.");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh(event.getUI());
    }

    private void refresh(UI ui) {
        int from = paging.offset();
        services.background().run(ui, services.asAdministrator(() -> new Found(services.keys().list(ON_A_PAGE, from),
                services.keys().count())), found -> {
            if (paging.show(found.keys.size(), found.total)) {
                grid.setItems(found.keys);
                grid.setVisible(!found.keys.isEmpty());
                none.setVisible(found.keys.isEmpty());
            }
        });
    }

    private Div actions(ApiKey key) {
        Div actions = new Div();
        if (key.revokedAt() == null) {
            actions.add(Words.icon(VaadinIcon.BAN, "Revoke " + key.name(), () -> revoke(key)));
        }
        return actions;
    }

    private void make() {
        UI ui = UI.getCurrent();
        services.background().run(ui, services.asAdministrator(() -> new Choices(services.users().list(MOST_USERS, 0),
                services.groupNames(), services.dataSourceNames())), choices -> new KeyDialog(choices.users, choices.groups,
                        choices.sources, (draft, dialog) -> made(ui, draft, dialog)).open());
    }

    private void made(UI ui, ApiKey.Draft draft, KeyDialog dialog) {
        Consumer<String> failed = dialog::refused;
        services.background().run(ui, services.asAdministrator(() -> services.keys().create(draft)), made -> {
            dialog.close();
            new SecretDialog("The key '" + made.key().name() + "'", "API key", made.secret(), "Copy it now: only its hash is kept, and it"
                    + " is not shown again. Programs send it as X-API-Key or as Authorization: Bearer.").open();
            paging.first();
            refresh(ui);
        }, failed);
    }

    private void revoke(ApiKey key) {
        UI ui = UI.getCurrent();
        ConfirmDialog sure = new ConfirmDialog("Revoke the key '" + key.name() + "'?", "Programs that show " + key.prefix()
                + "… are refused from then on. It cannot be taken back.", "Revoke", confirmed ->
                services.background().run(ui, services.asAdministrator(() -> services.keys().revoke(key.id().toString())), revoked -> {
                    Notices.done("Revoked.");
                    refresh(ui);
                }));
        sure.setConfirmButtonTheme("error primary");
        sure.setCancelable(true);
        sure.open();
    }
}
