package io.dragoman.pipeline;

import io.dragoman.datasource.ResultTable;
import io.dragoman.pipeline.GuardedExecution.Checked;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.component.caffeine.CaffeineConstants;
import org.springframework.stereotype.Component;

/**
 * What routes ask around a query that may have been run a moment ago: a checked query is looked up in the cache, and the rows of
 * one that was run are kept there. Both are done by {@code caffeine-cache:} steps in {@code routes/answer.camel.yaml}.
 */
@Component("knownRows")
public class KnownRows {

    private static final String CHECKED = "checkedQuery";
    private static final String FRESH = "freshRowsOnly";
    /** The variable that a look-up leaves what it found in. */
    private static final String FOUND = "knownRows";
    /** The variable with what is to be kept. */
    private static final String KEEP = "rowsToKeep";

    /** Notes which query is meant. It was checked for whoever asks right now. */
    public void about(Exchange exchange, Checked checked, boolean fresh) {
        exchange.setProperty(CHECKED, checked);
        exchange.setProperty(FRESH, fresh);
        exchange.removeVariable(FOUND);
        exchange.removeVariable(KEEP);
        if (checked.key() == null) {
            exchange.getMessage().removeHeader(CaffeineConstants.KEY);
        } else {
            exchange.getMessage().setHeader(CaffeineConstants.KEY, checked.key());
        }
    }

    /** Whether it is worth looking for the rows. */
    public boolean wanted(Exchange exchange) {
        Checked checked = checked(exchange);
        return checked != null && checked.key() != null && !exchange.getProperty(FRESH, false, Boolean.class);
    }

    /** Whether they were found. */
    public boolean found(Exchange exchange) {
        return exchange.getVariable(FOUND) instanceof KeptRows;
    }

    /** The rows that were found. */
    public ResultTable rows(Exchange exchange) {
        return ((KeptRows) exchange.getVariable(FOUND)).aged();
    }

    /** The query that was checked. */
    public Checked checked(Exchange exchange) {
        return exchange.getProperty(CHECKED, Checked.class);
    }

    /** Notes the rows that the database gave, for whoever asks the same next. */
    public void ran(Exchange exchange, ResultTable table) {
        if (checked(exchange).key() != null) {
            exchange.setVariable(KEEP, new KeptRows(table, Instant.now()));
        }
    }

    /** Whether there are rows to keep. */
    public boolean worthKeeping(Exchange exchange) {
        return exchange.getVariable(KEEP) != null;
    }
}
