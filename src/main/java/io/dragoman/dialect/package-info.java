/**
 * Query languages. {@link io.dragoman.dialect.Dialect} is the one seam: rendering a logical plan, parsing, the safety
 * allow-list, schema checks and row limiting. One package per family of languages below.
 */
package io.dragoman.dialect;
