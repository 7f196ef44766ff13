package io.dragoman.pipeline;

import io.dragoman.dialect.Finding;
import io.dragoman.pipeline.QueryState.Draft;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Offline: mends a draft where the findings say what should stand in place of a name. */
@Component("offlineRefinement")
class Refiner {

    /** Counts a refinement and sets the mended draft. */
    public QueryState apply(QueryState state) {
        Draft draft = state.draft();
        String mended = draft.query();
        List<Finding> fixes = state.validation().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR && finding.suggestion() != null
                        && finding.position() != null)
                .sorted(Comparator.comparingInt((Finding finding) -> finding.position().offset()).reversed())
                .toList();
        for (Finding fix : fixes) {
            mended = replaceName(mended, fix.position().offset(), fix.suggestion());
        }
        Draft next = new Draft(mended, draft.dialect(), draft.plan(), draft.reading(), null, draft.engine(), draft.model(),
                draft.confidence());
        return state.revise().withoutDraft().draft(next).candidates(List.of(next)).refinements(state.refinements() + 1)
                .done();
    }

    /** Counts an escalation and forgets the draft, so that the question is analysed again over the whole group. */
    public QueryState escalate(QueryState state) {
        return state.revise().withoutDraft().escalations(state.escalations() + 1).clarification(null)
                .status(QueryState.Status.RUNNING).done();
    }

    private static String replaceName(String query, int offset, String suggestion) {
        int end = offset;
        while (end < query.length() && (Character.isLetterOrDigit(query.charAt(end)) || query.charAt(end) == '_')) {
            end++;
        }
        return end == offset ? query : query.substring(0, offset) + suggestion + query.substring(end);
    }
}
