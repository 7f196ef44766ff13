package io.dragoman.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Goes round system, light and dark. The browser remembers the choice. */
class AppearanceToggle extends Button {

    private enum Choice {
        SYSTEM("follows the system", VaadinIcon.ADJUST), LIGHT("light", VaadinIcon.SUN_O), DARK("dark", VaadinIcon.MOON_O);

        private final String words;
        private final VaadinIcon icon;

        Choice(String words, VaadinIcon icon) {
            this.words = words;
            this.icon = icon;
        }

        private String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private Choice next() {
            return values()[(ordinal() + 1) % values().length];
        }

        private static Choice of(String code) {
            for (Choice choice : values()) {
                if (choice.code().equals(code)) {
                    return choice;
                }
            }
            return SYSTEM;
        }
    }

    private Choice choice = Choice.SYSTEM;

    AppearanceToggle() {
        addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
        addClickListener(click -> choose(choice.next()));
        show();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        getElement().executeJs("return window.dragoman.appearance.get()").then(String.class, code -> {
            choice = Choice.of(code);
            show();
        });
    }

    private void choose(Choice chosen) {
        choice = chosen;
        getElement().executeJs("window.dragoman.appearance.set($0)", chosen.code());
        show();
    }

    private void show() {
        String label = "Appearance: " + choice.words + ". Change to: " + choice.next().words;
        setIcon(choice.icon.create());
        setAriaLabel(label);
        setTooltipText(label);
    }
}
