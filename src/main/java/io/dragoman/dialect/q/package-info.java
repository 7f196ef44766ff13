/**
 * q, the query language of kdb+: a lexer and parser of its own (right to left, with qSQL templates), a printer, the
 * safety allow-list, name resolution and the renderer.
 *
 * @see <a href="https://code.kx.com/q/basics/syntax/">Syntax of q</a>
 */
package io.dragoman.dialect.q;
