package io.dragoman.conversation;

import io.dragoman.pipeline.Question;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of threads and messages. */
@Component
class ConversationStore {

    private static final String COLUMNS = "SELECT id, title, created_at, updated_at FROM conversations ";

    /** People see their own threads, administrators all. */
    private static final String SEEN = "(? OR user_id = CAST(? AS uuid))";

    /** Within what groups the caller sees; of a run that came to none, what its own caller saw, which its reply may name. */
    private static final String IN_SIGHT = """
             (CAST(:groups AS text[]) IS NULL OR run_id IS NULL OR coalesce((
                SELECT coalesce(r.schema_group = ANY (:groups),
                    r.state #> '{question,caller,schemaGroups}' <@ to_jsonb(CAST(:groups AS text[])))
                FROM query_runs r WHERE r.id = messages.run_id), false))\s""";

    private final JdbcClient database;

    ConversationStore(JdbcClient database) {
        this.database = database;
    }

    Conversation create(String title) {
        return database.sql("INSERT INTO conversations (title, user_id) VALUES (?, (SELECT id FROM users WHERE id = ?))"
                + " RETURNING id, title, created_at, updated_at").params(title, CurrentCall.current().userId()).query(ConversationStore::conversation).single();
    }

    Optional<Conversation> find(UUID id) {
        return database.sql(COLUMNS + "WHERE id = ? AND " + SEEN).params(id, everybodys(), owner()).query(ConversationStore::conversation).optional();
    }

    List<Conversation> list(int limit, int offset) {
        return database.sql(COLUMNS + "WHERE " + SEEN + " ORDER BY updated_at DESC, id LIMIT ? OFFSET ?")
                .params(everybodys(), owner(), limit, offset)
                .query(ConversationStore::conversation).list();
    }

    long count() {
        return database.sql("SELECT count(*) FROM conversations WHERE " + SEEN).params(everybodys(), owner())
                .query(Long.class).single();
    }

    private static boolean everybodys() {
        return CurrentCall.current().is(Role.ADMIN);
    }

    private static UUID owner() {
        return CurrentCall.current().userId();
    }

    List<Message> messages(UUID conversation, int limit, int offset) {
        return database.sql("SELECT id, role, content, run_id, created_at FROM messages WHERE conversation_id = :thread AND"
                        + IN_SIGHT + "ORDER BY number LIMIT :limit OFFSET :offset")
                .param("thread", conversation).param("groups", groups(), Types.ARRAY).param("limit", limit).param("offset", offset)
                .query(ConversationStore::message).list();
    }

    long messageCount(UUID conversation) {
        return database.sql("SELECT count(*) FROM messages WHERE conversation_id = :thread AND" + IN_SIGHT)
                .param("thread", conversation).param("groups", groups(), Types.ARRAY).query(Long.class).single();
    }

    private static String[] groups() {
        Set<String> names = CurrentCall.current().schemaGroups();
        return names == null ? null : names.toArray(String[]::new);
    }

    /** The last run of the thread that wrote a query. */
    Optional<UUID> lastRun(UUID conversation) {
        return database.sql("""
                SELECT id FROM query_runs WHERE conversation_id = ? AND status = 'COMPLETED' AND query IS NOT NULL
                ORDER BY started_at DESC LIMIT 1
                """).param(conversation).query(UUID.class).optional();
    }

    /** A question of a thread with its query, and when it was asked. */
    record Asked(Question.Turn turn, Instant at) {
    }

    /** What was asked of a schema group until then. */
    record Summary(String text, Instant until) {
    }

    /** The last questions of the thread to a schema group after a time, with their queries, the latest last. */
    List<Asked> turns(UUID conversation, String group, Instant after, int most) {
        return database.sql("""
                SELECT question, query, started_at FROM (
                    SELECT question, query, started_at FROM query_runs
                    WHERE conversation_id = ? AND schema_group = ? AND status = 'COMPLETED' AND query IS NOT NULL
                        AND started_at > ?
                    ORDER BY started_at DESC LIMIT ?) latest
                ORDER BY started_at
                """).params(conversation, group, Timestamp.from(after), most)
                .query((row, number) -> new Asked(new Question.Turn(row.getString(1), row.getString(2)),
                        row.getTimestamp(3).toInstant())).list();
    }

    /** The summary of the thread's older questions to a schema group. */
    Optional<Summary> summary(UUID conversation, String group) {
        return database.sql("SELECT summary, until FROM conversation_summaries WHERE conversation_id = ? AND schema_group = ?")
                .params(conversation, group)
                .query((row, number) -> new Summary(row.getString(1), row.getTimestamp(2).toInstant())).optional();
    }

    /** Keeps a summary in place of one that reaches less far; nothing when the thread is gone. */
    void keep(UUID conversation, String group, Summary summary) {
        database.sql("""
                INSERT INTO conversation_summaries (conversation_id, schema_group, summary, until)
                SELECT id, ?, ?, ? FROM conversations WHERE id = ?
                ON CONFLICT (conversation_id, schema_group) DO UPDATE SET summary = excluded.summary, until = excluded.until
                    WHERE conversation_summaries.until < excluded.until
                """).params(group, summary.text().replace("\0", ""), Timestamp.from(summary.until()), conversation).update();
    }

    /** Notes what was said, once a run, of which the last reply counts; nothing when the thread is gone. */
    @Transactional
    public void exchange(UUID conversation, String question, String reply, UUID run) {
        String said = reply.replace("\0", "");
        boolean there = database.sql("UPDATE conversations SET updated_at = now() WHERE id = ?").param(conversation).update() == 1;
        if (!there || database.sql("UPDATE messages SET content = ? WHERE conversation_id = ? AND run_id = ? AND role = 'assistant'")
                .params(said, conversation, run).update() > 0) {
            return;
        }
        database.sql("""
                INSERT INTO messages (conversation_id, role, content, run_id)
                VALUES (?, 'user', ?, ?), (?, 'assistant', ?, ?)
                """).params(conversation, question, run, conversation, said, run).update();
    }

    boolean rename(UUID id, String title) {
        return database.sql("UPDATE conversations SET title = ?, updated_at = now() WHERE id = ? AND " + SEEN)
                .params(title, id, everybodys(), owner()).update() == 1;
    }

    boolean delete(UUID id) {
        return database.sql("DELETE FROM conversations WHERE id = ? AND " + SEEN).params(id, everybodys(), owner()).update() == 1;
    }

    List<UsedDatabase> databases(UUID conversation) {
        return database.sql("""
                SELECT datasource, dialect, schema_group, count(*), count(row_count), max(started_at) FROM query_runs
                WHERE conversation_id = ? AND (datasource IS NOT NULL OR schema_group IS NOT NULL)
                GROUP BY datasource, dialect, schema_group ORDER BY 6 DESC
                """).param(conversation).query((row, number) -> new UsedDatabase(row.getString(1), row.getString(2),
                row.getString(3), row.getLong(4), row.getLong(5), row.getTimestamp(6).toInstant())).list();
    }

    /** What LLMs consumed, by an expression over their calls {@code c}. */
    List<TokenUse.Share> tokens(UUID conversation, String by) {
        return database.sql("SELECT " + by + """
                , count(*), sum(c.input_tokens), sum(c.output_tokens), sum(c.cost_usd)
                FROM query_runs r JOIN llm_calls c ON c.run_id = r.id
                WHERE r.conversation_id = ? GROUP BY 1 ORDER BY sum(c.input_tokens + c.output_tokens) DESC, 1
                """).param(conversation).query((row, number) -> new TokenUse.Share(row.getString(1), row.getLong(2),
                row.getLong(3), row.getLong(4), row.getDouble(5))).list();
    }

    private static Conversation conversation(ResultSet row, int number) throws SQLException {
        return new Conversation(row.getObject("id", UUID.class), row.getString("title"),
                row.getTimestamp("created_at").toInstant(), row.getTimestamp("updated_at").toInstant());
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        return new Message(row.getObject("id", UUID.class), row.getString("role"), row.getString("content"),
                row.getObject("run_id", UUID.class), row.getTimestamp("created_at").toInstant());
    }
}
