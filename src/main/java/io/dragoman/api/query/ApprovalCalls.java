package io.dragoman.api.query;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.approval.Approvals;
import io.dragoman.approval.PendingApproval;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Approving and rejecting over REST. */
@Component("approvalCalls")
final class ApprovalCalls {

    private static final int LONGEST_QUERY = 100_000;

    private final Approvals approvals;

    ApprovalCalls(Approvals approvals) {
        this.approvals = approvals;
    }

    /** The body of {@code POST /query/{id}/approve} and {@code /reject}. What may be left out is null. */
    record DecisionBody(String comment, String editedQuery) {
        DecisionBody {
            if (comment != null && !comment.isEmpty()) {
                Fields.text("comment", comment, Approvals.LONGEST_COMMENT);
            }
            if (editedQuery != null && !editedQuery.isEmpty()) {
                Fields.text("edited_query", editedQuery, LONGEST_QUERY);
            }
        }
    }

    /** The queries that wait. */
    public Listing<PendingApproval> list(@ExchangeProperty("page") Page page) {
        Caller caller = CurrentCall.current();
        return new Listing<>(approvals.pending(caller, page.limit(), page.offset()), approvals.count(caller));
    }

    /** Approves the query of a run, or another in its place. */
    public Object approve(DecisionBody body, @Header("id") String id, @ExchangeProperty("traceId") String traceId) {
        return Queries.reply(approvals.approve(Ids.uuid("run", id), CurrentCall.current(), body.comment(),
                body.editedQuery(), traceId, ProgressListener.NONE));
    }

    /** Rejects the query of a run. */
    public Object reject(DecisionBody body, @Header("id") String id, @ExchangeProperty("traceId") String traceId) {
        return Queries.reply(approvals.reject(Ids.uuid("run", id), CurrentCall.current(), body.comment(),
                body.editedQuery(), traceId));
    }
}
