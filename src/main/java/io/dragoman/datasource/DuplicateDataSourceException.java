package io.dragoman.datasource;

/** A datasource of that name exists already. */
public class DuplicateDataSourceException extends RuntimeException {

    /** @param name the name that is taken */
    public DuplicateDataSourceException(String name) {
        super("A datasource named '" + name + "' exists already; change it, or choose another name");
    }
}
