/**
 * The offline engine: a semantic parser that maps a question over any schema group to a dialect-free logical plan, with no
 * LLM. It links words to tables, columns and values, and composes them by grammar; it never invents a query.
 */
package io.dragoman.offline;
