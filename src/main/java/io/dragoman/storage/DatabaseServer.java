package io.dragoman.storage;

/**
 * The PostgreSQL server that the server's own data is in.
 *
 * @param url      JDBC URL of the server's own database, without credentials
 * @param user     who to connect as
 * @param password never logged
 * @param embedded whether the server is started and stopped with this process; its user is then a superuser, and
 *                 further databases may be created beside the server's own
 */
public record DatabaseServer(String url, String user, String password, boolean embedded) {

    /** The JDBC URL of another database of the same embedded server. */
    public String urlOf(String database) {
        if (!embedded) {
            throw new IllegalStateException("Other databases are only known of the embedded server");
        }
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }

    @Override
    public String toString() {
        return "DatabaseServer[" + (embedded ? "embedded" : "external") + "]";
    }
}
