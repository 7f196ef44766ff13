package io.dragoman.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.dragoman.security.CurrentCall;

/** Who is signed in, and the way out. */
class AccountMenu extends MenuBar {

    AccountMenu(AuthenticationContext session) {
        addThemeVariants(MenuBarVariant.LUMO_TERTIARY_INLINE, MenuBarVariant.LUMO_ICON);
        MenuItem account = addItem(VaadinIcon.USER.create());
        String name = CurrentCall.current().name();
        account.setAriaLabel("Account of " + name);
        account.getSubMenu().addItem(name).setEnabled(false);
        account.getSubMenu().addItem("Change password", click -> UI.getCurrent().navigate("password"));
        account.getSubMenu().addItem("Sign out", click -> session.logout());
    }
}
