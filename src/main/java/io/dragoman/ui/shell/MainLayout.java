package io.dragoman.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import com.vaadin.flow.spring.security.AuthenticationContext;

/** The frame around every page: side navigation from the pages' {@code @Menu}, and a header with title and health. */
public class MainLayout extends AppLayout implements AfterNavigationObserver {

    private final H1 title = new H1();

    MainLayout(HealthWatch watch, AuthenticationContext session) {
        setPrimarySection(Section.DRAWER);
        addToDrawer(new Logo(), navigation(), footer());
        addToNavbar(toggle(), title, spacer(), new HealthIndicator(watch), new AppearanceToggle(),
                new AccountMenu(session));
        title.addClassName("page-title");
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        title.setText(MenuConfiguration.getPageHeader(getContent()).orElse("Dragoman"));
    }

    private static Component toggle() {
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel("Show or hide the navigation");
        return toggle;
    }

    private static Component navigation() {
        SideNav navigation = new SideNav();
        navigation.getElement().setAttribute("aria-label", "Pages");
        MenuConfiguration.getMenuEntries().stream().map(MainLayout::item).forEach(navigation::addItem);
        Scroller scroller = new Scroller(navigation);
        scroller.addClassName("navigation");
        return scroller;
    }

    private static SideNavItem item(MenuEntry entry) {
        return new SideNavItem(entry.title(), entry.path(), new Icon(entry.icon()));
    }

    private static Component footer() {
        Anchor api = new Anchor("docs", "API documentation");
        api.setRouterIgnore(true);
        return new Footer(api);
    }

    private static Component spacer() {
        Div spacer = new Div();
        spacer.addClassName("spacer");
        return spacer;
    }
}
