/**
 * Several servers on one database: which of them run ({@link io.dragoman.cluster.Nodes}), and how what changes on one is told
 * to the others ({@link io.dragoman.cluster.Changes}).
 *
 * <p>Whoever keeps something of the database in memory says so once, and says when it changed:
 *
 * <pre>
 * changes.listen("glossary", change -&gt; change.key() == null ? cache.invalidateAll() : cache.invalidate(change.key()));
 * …
 * changes.publish("glossary", group);   // within the transaction that changes it, or after it
 * </pre>
 *
 * <p>Listeners of this server are called as soon as the change is committed, on the thread that made it; those of others
 * within a second, usually within milliseconds. A change that is rolled back is told to nobody. No change is missed: it is
 * a row in the database, and the notification of PostgreSQL only wakes its readers. After a gap that is longer than the rows
 * are kept, listeners hear of a change of everything.
 */
package io.dragoman.cluster;
