package io.dragoman.ui.feedback;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.dragoman.feedback.Feedback;
import io.dragoman.feedback.Feedback.Status;
import io.dragoman.feedback.Feedbacks;
import io.dragoman.feedback.Filter;
import io.dragoman.feedback.Review;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.ui.shell.Background;
import io.dragoman.ui.shell.EmptyState;
import io.dragoman.ui.shell.MainLayout;
import io.dragoman.ui.shell.Notices;
import io.dragoman.ui.shell.Paging;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;

/** What people said of answers, the latest first, to be accepted, rejected, or made an example of the schema group. */
@RolesAllowed({"CURATOR", "ADMIN"})
@Route(value = "feedback", layout = MainLayout.class)
@PageTitle("Feedback")
@Menu(order = 4, title = "Feedback", icon = "vaadin:thumbs-up-o")
class FeedbackView extends Div {

    private static final int ON_A_PAGE = 10;
    private static final String ALL = "All";

    private final Feedbacks feedbacks;
    private final SchemaGroups groups;
    private final Background background;
    private final Select<String> status = new Select<>();
    private final Select<String> rating = new Select<>();
    private final Select<String> group = new Select<>();
    private final Div list = new Div();
    private final Paging paging = new Paging(ON_A_PAGE, () -> refresh(UI.getCurrent()));

    private record Found(List<Feedback> items, long total) {
    }

    FeedbackView(Feedbacks feedbacks, SchemaGroups groups, Background background) {
        this.feedbacks = feedbacks;
        this.groups = groups;
        this.background = background;
        addClassNames("page", "review-page");
        filter(status, "Status", List.of("Unreviewed", "Accepted", "Rejected", ALL), "Unreviewed");
        filter(rating, "Rating", List.of(ALL, "Good", "Bad"), ALL);
        filter(group, "Schema group", List.of(ALL), ALL);
        Div filters = new Div(status, rating, group);
        filters.addClassName("review-filter");
        list.addClassName("reply");
        add(filters, list, paging);
    }

    private void filter(Select<String> select, String label, List<String> choices, String chosen) {
        select.setLabel(label);
        select.setItems(choices);
        select.setValue(chosen);
        select.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                paging.first();
                refresh(UI.getCurrent());
            }
        });
    }

    @Override
    protected void onAttach(AttachEvent event) {
        background.run(event.getUI(), groups::names, names -> {
            List<String> choices = new ArrayList<>(List.of(ALL));
            choices.addAll(names);
            group.setItems(choices);
            group.setValue(ALL);
        });
        refresh(event.getUI());
    }

    private Filter filter() {
        Status wanted = switch (status.getValue()) {
            case "Unreviewed" -> Status.OPEN;
            case "Accepted" -> Status.ACCEPTED;
            case "Rejected" -> Status.REJECTED;
            default -> null;
        };
        Integer rated = ALL.equals(rating.getValue()) ? null : Integer.valueOf("Good".equals(rating.getValue()) ? 1 : -1);
        return new Filter(group.getValue() == null || ALL.equals(group.getValue()) ? null : group.getValue(), wanted, rated, null,
                null);
    }

    private void refresh(UI ui) {
        Filter filter = filter();
        int from = paging.offset();
        background.run(ui, () -> new Found(feedbacks.list(filter, ON_A_PAGE, from), feedbacks.count(filter)), this::show);
    }

    private void show(Found found) {
        if (!paging.show(found.items.size(), found.total)) {
            return;
        }
        list.removeAll();
        if (found.items.isEmpty()) {
            list.add(nothing());
            return;
        }
        found.items.forEach(feedback -> list.add(new ReviewCard(feedback, this::decide)));
    }

    private EmptyState nothing() {
        boolean all = "Unreviewed".equals(status.getValue()) && ALL.equals(rating.getValue()) && ALL.equals(group.getValue());
        return all ? new EmptyState(VaadinIcon.THUMBS_UP_O, "No feedback waits for you",
                "What people say of answers, with the thumbs below them, appears here.", new Anchor("", "Ask a question"))
                : new EmptyState(VaadinIcon.SEARCH, "Nothing like that", "No feedback has that status, rating and schema group.");
    }

    private void decide(Feedback feedback, Review review) {
        UI ui = UI.getCurrent();
        background.run(ui, () -> feedbacks.review(feedback.id(), review), reviewed -> {
            tell(feedback, reviewed, ui);
            refresh(ui);
        }, words -> list.getChildren().filter(ReviewCard.class::isInstance).map(ReviewCard.class::cast)
                .filter(card -> card.feedback().id().equals(feedback.id())).forEach(card -> card.refused(words)));
    }

    private void tell(Feedback before, Feedback reviewed, UI ui) {
        String done = reviewed.promoted() ? "It is an example now, and answers the question from here on."
                : reviewed.status() == Status.OPEN ? "Open again." : reviewed.status() == Status.ACCEPTED ? "Accepted." : "Rejected.";
        Review undo = new Review(before.status(), before.promoted(), before.reviewComment(), null, null);
        Notices.done(done, "Undo", () -> background.run(ui, () -> feedbacks.review(before.id(), undo), again -> refresh(ui)));
    }
}
