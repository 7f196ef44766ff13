package io.dragoman.ui.ask;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.QueryState.Decision;
import io.dragoman.ui.shell.Card;
import java.util.function.Consumer;

/** That a query waits for a person, or what the person said. */
class ApprovalCard extends Card {

    ApprovalCard(QueryState state, Consumer<QueryState> lookAgain) {
        super(title(state.approval().decision()));
        Decision decision = state.approval().decision();
        if (decision != null) {
            addClassName(decision.approved() ? "approved" : "failure");
            beside(badge(decision.approved() ? "approved" : "rejected", decision.approved() ? "success" : "error"));
            add(new Paragraph("By " + decision.by() + (decision.comment() == null ? "." : ": “" + decision.comment() + "”")));
            if (decision.approved() && decision.editedQuery() != null) {
                add(new Paragraph("The query was edited before it was approved."));
            }
            return;
        }
        addClassName("waiting");
        Button look = new Button("Look again", VaadinIcon.REFRESH.create(), click -> lookAgain.accept(state));
        look.addThemeVariants(ButtonVariant.LUMO_SMALL);
        look.setDisableOnClick(true);
        Anchor approvals = new Anchor("approvals", "Approvals");
        Div actions = new Div(look, approvals);
        actions.addClassName("badges");
        add(new Paragraph("Somebody has to approve the query before it is "
                + (state.question().execute() ? "run. " : "used. ") + state.approval().reason()
                + " You may close this page; the run waits."), actions);
    }

    private static String title(Decision decision) {
        return decision == null ? "Waiting for approval" : decision.approved() ? "Approved" : "Rejected";
    }
}
