package io.dragoman.dialect.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;

/** Stops parsers that take too long. One thread looks at all that are at work, so that a short parse costs it nothing. */
final class ParserWatch {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Map<CCJSqlParser, Long> AT_WORK = new ConcurrentHashMap<>();

    static {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sql-parser-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(ParserWatch::look, 500, 500, TimeUnit.MILLISECONDS);
    }

    private ParserWatch() {
    }

    static void begin(CCJSqlParser parser) {
        AT_WORK.put(parser, System.nanoTime());
    }

    static void end(CCJSqlParser parser) {
        AT_WORK.remove(parser);
    }

    private static void look() {
        long now = System.nanoTime();
        AT_WORK.forEach((parser, since) -> {
            if (now - since > TIMEOUT_NANOS) {
                parser.interrupted = true;
            }
        });
    }
}
