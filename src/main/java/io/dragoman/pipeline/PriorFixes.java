package io.dragoman.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.dragoman.dialect.Finding;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Validation.Result;
import io.dragoman.schema.SchemaGroup;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What mended queries of a schema group before: kept when a refinement succeeds, and found again by the finding's code, the
 * query language and how much alike questions and queries are. A group's fixes are for those who see the group. Thread-safe.
 */
@Component("priorFixes")
class PriorFixes {

    private static final Logger LOG = LoggerFactory.getLogger(PriorFixes.class);
    private static final int LONGEST_QUERY = 4_000;
    private static final int LONGEST_MESSAGE = 500;
    private static final int MOST_KEPT = 200;
    private static final Duration OTHERS_SEEN_AFTER = Duration.ofSeconds(2);
    private static final int MOST_SHOWN = 3;
    private static final double NEAR = 0.4;
    private static final double ALIKE = 0.2;

    private final JdbcClient database;
    private final SchemaContext context;
    private final Similarity similarity;
    private final LoadingCache<Key, List<PriorFix>> latest = Caffeine.newBuilder().maximumSize(100)
            .expireAfterWrite(OTHERS_SEEN_AFTER).build(this::load);

    private record Key(UUID group, String dialect) {
    }

    PriorFixes(JdbcClient database, SchemaContext context, Similarity similarity) {
        this.database = database;
        this.context = context;
        this.similarity = similarity;
    }

    /** Keeps what mended the query of a run whose last attempt is valid. A run does not fail for it. */
    public void learn(QueryState state) {
        List<Attempt> attempts = state.drafted();
        if (state.refinements() == 0 || attempts.size() < 2) {
            return;
        }
        Attempt right = attempts.get(attempts.size() - 1);
        Attempt wrong = attempts.get(attempts.size() - 2);
        if (right.result() != Result.VALID || wrong.result() != Result.INVALID_REFINABLE || tooLong(wrong) || tooLong(right)) {
            return;
        }
        SchemaGroup group = context.of(state);
        Key key = new Key(group.id(), state.draft().dialect());
        try {
            errors(wrong.findings()).forEach(finding -> keep(key, state.question().text(), finding, wrong, right));
            forgetOldest(key);
        } catch (DataAccessException e) {
            LOG.warn("What mended the query of run {} could not be kept", state.id(), e);
        }
        latest.invalidate(key);
    }

    private static boolean tooLong(Attempt attempt) {
        return attempt.query() == null || attempt.query().length() > LONGEST_QUERY;
    }

    /** Fixes of questions like this one, most alike first. */
    List<PriorFix> near(QueryState state, String dialect) {
        List<PriorFix> known = latest.get(new Key(context.of(state).id(), dialect));
        double[] scores = similarity.of(state.question().text(), known.stream().map(PriorFix::question).toList());
        return best(known, i -> scores[i], NEAR);
    }

    /** Fixes of the same findings, those of a like question and query first. */
    List<PriorFix> of(QueryState state) {
        Set<String> codes = errors(state.validation().findings()).stream().map(Finding::code).collect(Collectors.toSet());
        List<PriorFix> known = latest.get(new Key(context.of(state).id(), state.draft().dialect())).stream()
                .filter(fix -> codes.contains(fix.code())).toList();
        double[] questions = similarity.of(state.question().text(), known.stream().map(PriorFix::question).toList());
        return best(known, i -> (questions[i] + Similarity.lexical(known.get(i).wrong(), state.draft().query())) / 2, ALIKE);
    }

    private static List<PriorFix> best(List<PriorFix> known, IntToDoubleFunction score, double least) {
        return IntStream.range(0, known.size()).filter(i -> score.applyAsDouble(i) >= least).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> score.applyAsDouble(i)).reversed())
                .limit(MOST_SHOWN).map(known::get).toList();
    }

    private static List<Finding> errors(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.severity() == Finding.Severity.ERROR).toList();
    }

    private void keep(Key key, String question, Finding finding, Attempt wrong, Attempt right) {
        String message = finding.message();
        database.sql("""
                INSERT INTO prior_fixes (schema_group_id, dialect, finding_code, message, question, wrong_query, right_query)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (schema_group_id, dialect, finding_code, md5(wrong_query)) DO UPDATE SET
                    message = excluded.message, question = excluded.question, right_query = excluded.right_query,
                    created_at = now()
                """).params(key.group(), key.dialect(), finding.code(),
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message, question, wrong.query(),
                right.query()).update();
    }

    private void forgetOldest(Key key) {
        database.sql("""
                DELETE FROM prior_fixes WHERE schema_group_id = ? AND dialect = ? AND created_at < (
                    SELECT created_at FROM prior_fixes WHERE schema_group_id = ? AND dialect = ?
                    ORDER BY created_at DESC OFFSET ? LIMIT 1)
                """).params(key.group(), key.dialect(), key.group(), key.dialect(), MOST_KEPT - 1).update();
    }

    private List<PriorFix> load(Key key) {
        return database.sql("""
                SELECT question, finding_code, message, wrong_query, right_query FROM prior_fixes
                WHERE schema_group_id = ? AND dialect = ? ORDER BY created_at DESC LIMIT ?
                """).params(key.group(), key.dialect(), MOST_KEPT)
                .query((row, number) -> new PriorFix(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                        row.getString(5))).list();
    }
}
