package io.dragoman.api.access;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.api.query.Fields;
import io.dragoman.failure.FailureException;
import io.dragoman.security.AuditEntry;
import io.dragoman.security.AuditLog;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /audit} does: reading alone. */
@Component("auditCalls")
final class AuditCalls {

    private static final int LONGEST = 300;

    private final AuditLog log;

    AuditCalls(AuditLog log) {
        this.log = log;
    }

    public Listing<AuditEntry> list(@Header("actor") String actor, @Header("action") String action,
            @Header("subject") String subject, @Header("from") String from, @Header("until") String until,
            @ExchangeProperty("page") Page page) {
        AuditLog.Filter filter = new AuditLog.Filter(text("actor", actor), text("action", action), text("subject", subject),
                Fields.time("from", from), Fields.time("until", until));
        return new Listing<>(log.list(filter, page.limit(), page.offset()), log.count(filter));
    }

    private static String text(String field, String value) {
        if (value != null && (value.length() > LONGEST || value.indexOf('\0') >= 0)) {
            throw FailureException.invalid(field, "'" + field + "' is longer than " + LONGEST + " characters.");
        }
        return value == null || value.isBlank() ? null : value;
    }
}
