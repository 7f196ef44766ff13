package io.dragoman.datasource;

import java.util.List;
import java.util.function.Supplier;

/** A connector that remembers whether its database could be reached when it was last asked. */
final class Reachability implements Connector {

    private final Connector connector;
    private volatile boolean reached = true;

    Reachability(Connector connector) {
        this.connector = connector;
    }

    /** Whether the database could be reached, or was not asked yet. */
    boolean reached() {
        return reached;
    }

    private <T> T noting(Supplier<T> work) {
        try {
            T result = work.get();
            reached = true;
            return result;
        } catch (UnavailableException e) {
            reached = false;
            throw e;
        } catch (QueryFailedException e) {
            reached = true;
            throw e;
        }
    }

    @Override
    public boolean stream(String query, Limits limits, RowSink sink) {
        return noting(() -> connector.stream(query, limits, sink));
    }

    @Override
    public ResultTable execute(String query, Limits limits) {
        return noting(() -> connector.execute(query, limits));
    }

    @Override
    public Estimate estimate(String query, long timeoutMs) {
        return noting(() -> connector.estimate(query, timeoutMs));
    }

    @Override
    public List<Integer> sortableColumns(String query, long timeoutMs) {
        return noting(() -> connector.sortableColumns(query, timeoutMs));
    }

    @Override
    public String check(String query, long timeoutMs) {
        return noting(() -> connector.check(query, timeoutMs));
    }

    @Override
    public Catalogue introspect(boolean sampleValues) {
        return noting(() -> connector.introspect(sampleValues));
    }

    @Override
    public void ping() {
        noting(() -> {
            connector.ping();
            return null;
        });
    }

    @Override
    public void close() {
        connector.close();
    }
}
