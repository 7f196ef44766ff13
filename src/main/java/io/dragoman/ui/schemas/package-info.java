/** The page on which curators keep schema groups: tables, words, examples, imports, and a probe of retrieval. */
package io.dragoman.ui.schemas;
