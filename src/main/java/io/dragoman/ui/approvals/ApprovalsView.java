package io.dragoman.ui.approvals;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.approval.Approvals;
import io.dragoman.approval.PendingApproval;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryState;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.MainLayout;
import io.dragoman.ui.shell.Notices;
import io.dragoman.ui.shell.Paging;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;

/** Approving and rejecting queries that wait, the longest waiting first, a page at a time. */
@RolesAllowed({"APPROVER", "ADMIN"})
@Route(value = "approvals", layout = MainLayout.class)
@PageTitle("Approvals")
@Menu(order = 3, title = "Approvals", icon = "vaadin:check-circle-o")
class ApprovalsView extends Div {

    private static final int ON_A_PAGE = 10;

    private final Approvals approvals;
    private final Background background;
    private final Div list = new Div();
    private final Paging paging = new Paging(ON_A_PAGE, () -> refresh(UI.getCurrent()));

    private record Waiting(List<PendingApproval> items, long total) {
    }

    ApprovalsView(Approvals approvals, Background background) {
        this.approvals = approvals;
        this.background = background;
        addClassNames("page", "approvals");
        list.addClassName("reply");
        add(list, paging);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh(event.getUI());
    }

    private void refresh(UI ui) {
        int from = paging.offset();
        background.run(ui, () -> waiting(from), this::show);
    }

    private Waiting waiting(int from) {
        Caller caller = CurrentCall.current();
        return new Waiting(approvals.pending(caller, ON_A_PAGE, from), approvals.count(caller));
    }

    private void show(Waiting waiting) {
        if (!paging.show(waiting.items.size(), waiting.total)) {
            return;
        }
        list.removeAll();
        if (waiting.items.isEmpty()) {
            list.add(new EmptyState(VaadinIcon.CHECK_CIRCLE_O, "Nothing waits for you",
                    "Queries that somebody has to approve before they are run appear here.",
                    new Anchor("", "Ask a question")));
            return;
        }
        waiting.items.forEach(pending -> list.add(new PendingCard(pending, this::decide)));
    }

    private void decide(PendingApproval pending, boolean approved, String comment, String editedQuery) {
        UI ui = UI.getCurrent();
        String trace = UUID.randomUUID().toString().replace("-", "");
        background.run(ui, () -> decided(pending, approved, comment, editedQuery, trace), state -> {
            tell(state);
            refresh(ui);
        }, words -> refused(pending, words));
    }

    private QueryState decided(PendingApproval pending, boolean approved, String comment, String editedQuery, String trace) {
        Caller caller = CurrentCall.current();
        return approved ? approvals.approve(pending.queryId(), caller, comment, editedQuery, trace, ProgressListener.NONE)
                : approvals.reject(pending.queryId(), caller, comment, editedQuery, trace);
    }

    private static void tell(QueryState state) {
        if (state.failure() != null) {
            Notices.error("Approved, but the query failed: " + state.failure().message());
        } else if (state.status() == QueryState.Status.REJECTED) {
            Notices.done("Rejected.");
        } else {
            Notices.done(state.answer() == null ? "Approved." : "Approved and run. " + state.answer().text());
        }
    }

    private void refused(PendingApproval pending, String words) {
        list.getChildren().filter(PendingCard.class::isInstance).map(PendingCard.class::cast)
                .filter(card -> card.pending().queryId().equals(pending.queryId())).forEach(card -> card.refused(words));
    }
}
