package io.dragoman.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded PostgreSQL that outlived the server that started it, which happens when that one was killed. It is stopped
 * by its process id in {@code postmaster.pid}, whose first line is specified at
 * <a href="https://www.postgresql.org/docs/17/storage-file-layout.html">postgresql.org</a>. Only the holder of the
 * {@link DataFolder} may do so.
 */
final class OrphanServer {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanServer.class);
    private static final long STOP_SECONDS = 20;

    private OrphanServer() {
    }

    /**
     * Stops the orphan, or removes the note of one that no longer runs.
     *
     * @param dataDirectory PostgreSQL's own
     * @param binaries      where the embedded PostgreSQL's programs are, which tells it from any other process that was
     *                      given the same id since
     */
    static void stop(Path dataDirectory, Path binaries) {
        Path note = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(note)) {
            return;
        }
        Optional<ProcessHandle> process = processId(note).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        if (process.isPresent() && isOurs(process.get(), binaries)) {
            LOG.info("Stopping the embedded PostgreSQL that a killed server left running (process {})",
                    process.get().pid());
            stop(process.get());
        }
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new StorageException("The stale file " + note + " cannot be removed.", "Remove it.", e);
        }
    }

    private static Optional<Long> processId(Path note) {
        try {
            List<String> lines = Files.readAllLines(note);
            return lines.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(lines.get(0).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(ProcessHandle process, Path binaries) {
        Optional<Path> program = process.info().command().map(Path::of);
        if (program.isEmpty()) {
            throw new StorageException("Process " + process.pid() + " may be a PostgreSQL that still uses the data"
                    + " folder.", "Stop it if it is.", null);
        }
        try {
            return program.get().toRealPath().startsWith(binaries.toRealPath());
        } catch (IOException e) {
            return program.get().startsWith(binaries);
        }
    }

    /** The first signal lets PostgreSQL shut down cleanly; killing it is safe too, as it recovers from its log. */
    private static void stop(ProcessHandle process) {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            if (!ended(process)) {
                throw new StorageException("The embedded PostgreSQL of an earlier start (process " + process.pid()
                        + ") does not stop.", "Stop it.", null);
            }
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        }
    }
}
