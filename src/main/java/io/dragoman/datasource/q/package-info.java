/**
 * The values of q: atoms, lists, dictionaries and tables with their types, nulls and infinities, as kdb+ sends them and the
 * sandbox computes them.
 *
 * @see <a href="https://code.kx.com/q/basics/datatypes/">Datatypes</a>
 */
package io.dragoman.datasource.q;
