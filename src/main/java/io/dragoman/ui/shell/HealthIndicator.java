package io.dragoman.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.shared.Registration;
import java.util.Map;
import org.springframework.boot.actuate.health.Status;

/** Whether the server is well; a click tells part by part. */
class HealthIndicator extends Div {

    private final HealthWatch watch;
    private final Span dot = new Span();
    private final Span words = new Span();
    private final Button button = new Button(new Span(dot, words));
    private final DescriptionList parts = new DescriptionList();
    private Registration watching;

    HealthIndicator(HealthWatch watch) {
        this.watch = watch;
        addClassName("health");
        dot.addClassName("health-dot");
        words.addClassName("health-words");
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        Popover popover = new Popover(parts);
        popover.setTarget(button);
        popover.setAriaLabel("Health of the server's parts");
        add(button, popover);
        show(new HealthWatch.Report(Status.UNKNOWN, Map.of()));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        watching = watch.watch(report -> Background.tell(ui, () -> show(report)));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        watching.remove();
    }

    private void show(HealthWatch.Report report) {
        words.setText(words(report.overall()));
        button.setAriaLabel("Health of the server: " + words(report.overall()));
        dot.getElement().setAttribute("data-status", report.overall().getCode());
        parts.removeAll();
        report.parts().forEach((name, status) -> parts.add(new DescriptionList.Term(name),
                new DescriptionList.Description(words(status))));
    }

    private static String words(Status status) {
        if (Status.UP.equals(status)) {
            return "Healthy";
        }
        if (Status.UNKNOWN.equals(status)) {
            return "Checking";
        }
        return Status.DOWN.equals(status) ? "Unhealthy" : "Degraded";
    }
}
