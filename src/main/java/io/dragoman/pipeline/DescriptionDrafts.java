package io.dragoman.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.QueryState.Retrieved;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroupEditor;
import io.dragoman.schema.SchemaGroupEditor.Wording;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.TableHit;
import io.dragoman.security.CurrentCall;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * Drafts what tables and columns are, table by table in the background, for a curator to look at. Of each group the last
 * drafting is kept for an hour, in this server. Thread-safe.
 */
@Service
public class DescriptionDrafts {

    private static final Logger LOG = LoggerFactory.getLogger(DescriptionDrafts.class);
    private static final int AT_ONCE = 4;
    private static final int MOST_KEPT = 100;
    private static final Duration KEPT_FOR = Duration.ofHours(1);
    private static final String TRACE = "drafting";

    private final ProducerTemplate routes;
    private final SchemaContext context;
    private final SchemaGroupEditor editor;
    private final ExecutorService threads;
    private final Cache<UUID, Drafting> last = Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterAccess(KEPT_FOR).build();

    DescriptionDrafts(@Lazy ProducerTemplate routes, SchemaContext context, SchemaGroupEditor editor) {
        this.routes = routes;
        this.context = context;
        this.editor = editor;
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, TRACE);
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newFixedThreadPool(AT_ONCE, daemons);
    }

    /**
     * What is to be drafted.
     *
     * @param tables    by name; null for all of which something is not said
     * @param overwrite whether also what is said already is drafted anew
     * @param apply     whether drafts are stored; otherwise they are only shown
     */
    public record Wish(List<String> tables, boolean overwrite, boolean apply) {
    }

    /**
     * How far the drafting of a group has come.
     *
     * @param total  tables
     * @param done   those that are drafted
     * @param failed those that could not be
     * @param drafts in the order they were written
     */
    public record Progress(UUID id, String schemaGroup, boolean running, int total, int done, int failed,
            List<TableDraft> drafts) {
    }

    /** One drafting. Guarded by itself. */
    private static final class Drafting {

        private final UUID id = UUID.randomUUID();
        private final String group;
        private final int total;
        private final List<TableDraft> drafts = new ArrayList<>();
        private int done;
        private int failed;

        private Drafting(String group, int total) {
            this.group = group;
            this.total = total;
        }

        private synchronized void add(TableDraft draft) {
            done++;
            if (draft == null) {
                failed++;
            } else if (draft.says()) {
                drafts.add(draft);
            }
            notifyAll();
        }

        private synchronized Progress progress() {
            return new Progress(id, group, done < total, total, done, failed, List.copyOf(drafts));
        }

        private synchronized Progress await(long ms) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
            while (done < total && System.nanoTime() < end) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
            return progress();
        }
    }

    /**
     * Begins, and waits for the end at most so long.
     *
     * @throws FailureException {@code NOT_FOUND} for the group or a table; {@code CONFLICT} while the group is being drafted
     */
    public Progress begin(String idOrName, Wish wish, long waitMs) {
        SchemaGroup group = context.named(idOrName);
        List<TableDefinition> tables = wish.tables() == null
                ? group.tables().stream().filter(table -> wish.overwrite() || unsaid(table)).toList()
                : wish.tables().stream().map(name -> group.tables().stream()
                        .filter(table -> table.name().equalsIgnoreCase(name)
                                || (table.definition() + "." + table.name()).equalsIgnoreCase(name)).findFirst()
                        .orElseThrow(() -> FailureException.notFound("table", name))).distinct().toList();
        Drafting drafting = new Drafting(group.name(), tables.size());
        Drafting kept = last.asMap().compute(group.id(), (id, before) -> before != null && before.progress().running() ? before
                : drafting);
        if (kept != drafting) {
            throw new FailureException(ErrorCode.CONFLICT, "The schema group is being drafted already; ask how far it is.",
                    Map.of("id", kept.id.toString()));
        }
        for (TableDefinition table : tables) {
            Supplier<TableDraft> work = CurrentCall.wrap(() -> draft(group, table, wish));
            threads.execute(() -> drafting.add(work.get()));
        }
        try {
            return drafting.await(waitMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return drafting.progress();
        }
    }

    /**
     * How far the group's last drafting has come.
     *
     * @throws FailureException {@code NOT_FOUND} for the group, or when there was none in the last hour in this server
     */
    public Progress progress(String idOrName) {
        Drafting drafting = last.getIfPresent(context.named(idOrName).id());
        if (drafting == null) {
            throw FailureException.notFound("drafting of", idOrName);
        }
        return drafting.progress();
    }

    private static boolean unsaid(TableDefinition table) {
        return blank(table.description()) || table.columns().stream().anyMatch(column -> blank(column.description()));
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    /** Null when it could not be drafted; the rest goes on. */
    private TableDraft draft(SchemaGroup group, TableDefinition table, Wish wish) {
        try {
            QueryState state = QueryState.begin(UUID.randomUUID(), TRACE, Instant.now(),
                    Question.of("What is " + table.name() + "?", group.name(), false)).revise().retrieval(new Retrieved(group.name(),
                    List.of(new TableHit(table.id(), group.name(), table.definition(), table.name(), 1.0, List.of())))).done();
            Exchange ended = routes.request("direct:draft-description", exchange -> exchange.getMessage().setBody(state));
            if (ended.getException() != null) {
                throw ended.getException();
            }
            TableDraft draft = draft(table, ended.getMessage().getBody(QueryState.class), wish.overwrite());
            if (!wish.apply() || !draft.says()) {
                return draft;
            }
            Map<String, Wording> columns = new LinkedHashMap<>();
            draft.columns().forEach((name, text) -> columns.put(name, new Wording(text, null, null)));
            editor.describe(group.id().toString(), table.id().toString(), new Wording(draft.description(), null, columns));
            return draft.stored();
        } catch (Exception e) {
            LOG.warn("The description of {} in {} could not be drafted", table.name(), group.name(), e);
            return null;
        }
    }

    private static TableDraft draft(TableDefinition table, QueryState state, boolean overwrite) {
        Map<String, String> columns = new LinkedHashMap<>();
        state.answer().chart().forEach((name, text) -> table.column(name)
                .filter(column -> overwrite || blank(column.description()))
                .ifPresent(column -> columns.put(column.name(), text.toString())));
        String description = overwrite || blank(table.description()) ? state.answer().text() : null;
        return new TableDraft(table.id(), table.definition(), table.name(), description, columns,
                state.stages().get(state.stages().size() - 1).engine(), false);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
