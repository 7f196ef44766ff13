package io.dragoman.api.datasource;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.DataSourceRequest;
import io.dragoman.datasource.DataSources;
import io.dragoman.failure.FailureException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /data-sources} does. Secrets go in and never come out. */
@Component("dataSourceCalls")
final class DataSourceCalls {

    private final DataSources dataSources;

    DataSourceCalls(DataSources dataSources) {
        this.dataSources = dataSources;
    }

    /** That a datasource answered, and after how many milliseconds. */
    record Reached(boolean reachable, long elapsedMs) {
    }

    /** That a datasource is no more. */
    record Deleted(String id, boolean deleted) {
    }

    public Listing<DataSourceDefinition> list(@ExchangeProperty("page") Page page) {
        return new Listing<>(dataSources.list(page.limit(), page.offset()), dataSources.count());
    }

    public DataSourceDefinition create(DataSourceRequest request) {
        return dataSources.create(request);
    }

    public DataSourceDefinition read(@Header("id") String id) {
        return dataSources.find(id).orElseThrow(() -> FailureException.notFound("datasource", id));
    }

    public DataSourceDefinition change(@Header("id") String id, DataSourceRequest changes) {
        return dataSources.update(read(id), changes);
    }

    public Deleted delete(@Header("id") String id) {
        return new Deleted(id, dataSources.delete(read(id)));
    }

    public Reached test(@Header("id") String id) {
        long start = System.nanoTime();
        dataSources.connector(read(id)).ping();
        return new Reached(true, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
