package io.dragoman.policy;

import io.dragoman.cluster.Changes;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The policy in force and its history. The file's counts until somebody edits the policy here; from then on the latest version
 * in the database does, and the file is no longer read. A change counts at once on this server and within a second on others
 * at the same database; so does a change of the file. Thread-safe.
 */
@Service
public class PolicyVersions {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyVersions.class);
    private static final String KIND = "policy";
    private static final long CHECK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final PolicyStore store;
    private final PolicyFile file;
    private final Changes changes;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Current current;
    private volatile long checkedAt;

    /** @throws PolicyException when there is no policy that can be read: the server does not start without one */
    PolicyVersions(PolicyStore store, PolicyFile file, Changes changes) {
        this.store = store;
        this.file = file;
        this.changes = changes;
        this.current = load(store.latestVersion());
        this.checkedAt = System.nanoTime();
        changes.listen(KIND, change -> checkedAt -= change.here() ? 0 : 2 * CHECK_EVERY_NANOS);
    }

    /**
     * The policy in force.
     *
     * @param version  with its text
     * @param document what it says
     * @param stamp    of the file, when it is the file's
     */
    public record Current(PolicyVersion version, PolicyDocument document, String stamp) {
    }

    /** The policy in force. */
    public Current current() {
        if (System.nanoTime() - checkedAt > CHECK_EVERY_NANOS && refreshing.tryLock()) {
            try {
                refresh();
            } finally {
                refreshing.unlock();
            }
        }
        return current;
    }

    private void refresh() {
        long latest = store.latestVersion();
        Current known = current;
        boolean changed = latest != known.version().version() || latest == 0 && !file.stamp().equals(known.stamp());
        if (changed) {
            try {
                current = load(latest);
            } catch (PolicyException e) {
                LOG.error("The changed policy cannot be read, and the one before stays in force: {}", describe(e, latest));
                if (latest == 0) {
                    current = new Current(known.version(), known.document(), file.stamp());
                }
            }
        }
        checkedAt = System.nanoTime();
    }

    private Current load(long version) {
        String stamp = file.stamp();
        try {
            PolicyVersion read = version == 0 ? new PolicyVersion(0, file.read(), null, null, null, null)
                    : store.find(version).orElseThrow(() -> new PolicyException("", "It is not there", 0, 0));
            return new Current(read, PolicyReader.read(read.content()), version == 0 ? file.stamp() : stamp);
        } catch (PolicyException e) {
            throw new PolicyException(e.field(), describe(e, version), e.line(), e.column());
        }
    }

    private String describe(PolicyException e, long version) {
        String where = version == 0 ? file.path().toString() : "version " + version + " in the database";
        return e.getMessage().startsWith("The policy (") ? e.getMessage() : "The policy (" + where
                + (e.line() > 0 ? ", line " + e.line() + ", column " + e.column() : "") + ") cannot be used: "
                + e.getMessage() + ".";
    }

    /** Where the file's policy is. */
    public String filePath() {
        return file.path().toString();
    }

    /** The versions that were edited, the latest first. */
    public List<PolicyVersion> history(int limit, int offset) {
        return store.list(limit, offset);
    }

    /** How many versions were edited. */
    public long count() {
        return store.latestVersion();
    }

    /** A version; 0 is the file's. */
    public Optional<PolicyVersion> find(long version) {
        return version == 0 ? Optional.of(new PolicyVersion(0, file.read(), null, null, null, null)) : store.find(version);
    }

    /**
     * Puts a policy in force.
     *
     * @param before  the version that the change was made from
     * @param yaml    the policy
     * @param comment what for; null when nobody says
     * @throws FailureException {@code VALIDATION_FAILED} with {@code details.field}, line and column when it cannot be read;
     *                          {@code CONFLICT} when the policy was changed meanwhile
     */
    public Current change(long before, String yaml, Caller caller, String comment) {
        return put(before, yaml, check(yaml), caller, comment, null);
    }

    /** The same, of a policy as JSON. */
    public Current changeJson(long before, String json, Caller caller, String comment) {
        try {
            PolicyDocument document = PolicyReader.read(json);
            return put(before, PolicyWriter.yaml(document), document, caller, comment, null);
        } catch (PolicyException e) {
            throw invalid(new PolicyException(e.field(), e.getMessage(), 0, 0));
        }
    }

    /**
     * Puts an earlier policy in force again.
     *
     * @param earlier its version; 0 for the file's
     * @throws FailureException as {@link #change} does, and {@code VALIDATION_FAILED} when there is no such version
     */
    public Current restore(long before, long earlier, Caller caller, String comment) {
        PolicyVersion version = find(earlier).orElseThrow(() -> FailureException.invalid("restore",
                "There is no version " + earlier + " of the policy."));
        return put(before, version.content(), check(version.content()), caller, comment, earlier);
    }

    private Current put(long before, String content, PolicyDocument document, Caller caller, String comment, Long restored) {
        refreshing.lock();
        try {
            if (!store.add(before, content, caller, comment, restored)) {
                long latest = store.latestVersion();
                throw new FailureException(ErrorCode.CONFLICT, "The policy was changed meanwhile: it is at version " + latest
                        + ", and the change was made from version " + before + ". Read it again.",
                        Map.of("field", "version", "version", latest));
            }
            PolicyVersion stored = store.find(before + 1).orElseThrow();
            current = new Current(stored, document, null);
            checkedAt = System.nanoTime();
            changes.publish(KIND, null);
            return current;
        } finally {
            refreshing.unlock();
        }
    }

    /** Checks a policy without putting it in force; throws as {@link #change} does. */
    public PolicyDocument check(String content) {
        try {
            return PolicyReader.read(content);
        } catch (PolicyException e) {
            throw invalid(e);
        }
    }

    private static FailureException invalid(PolicyException e) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", e.field().isEmpty() ? "policy" : e.field());
        details.put("reason", e.getMessage());
        if (e.line() > 0) {
            details.put("line", e.line());
            details.put("column", e.column());
        }
        return new FailureException(ErrorCode.VALIDATION_FAILED, "The policy cannot be used: " + e.getMessage()
                + (e.line() > 0 ? " (line " + e.line() + ", column " + e.column() + ")" : "") + ".", details);
    }
}
