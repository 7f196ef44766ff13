package io.dragoman.ui;

import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.Theme;

/** What the browser gets before any page: the theme, server push, the icon, and light or dark before the first paint. */
@Push
@NpmPackage(value = "@fontsource-variable/inter", version = "5.2.8")
@Theme("dragoman")
public class AppShell implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Dragoman");
        settings.setViewport("width=device-width, initial-scale=1");
        settings.addMetaTag("description", "Ask databases in plain language");
        settings.addLink("icon", "icons/dragoman.svg");
        settings.addInlineFromFile(TargetElement.HEAD, Inline.Position.PREPEND, "appearance.js",
                Inline.Wrapping.JAVASCRIPT);
    }
}
