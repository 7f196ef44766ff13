/** The logical plan: what a question asks for, as a dialect-free tree that every dialect renders. */
package io.dragoman.offline.plan;
