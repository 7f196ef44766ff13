package io.dragoman.datasource.q;

/** A value of q: an {@link Atom}, a list ({@link Vector}), a {@link Dictionary}, a {@link Table} or a function. */
public interface QValue {
}
