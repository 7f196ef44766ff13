/** What people say of answers: ratings, corrections and comments, their review, and the examples that come of them. */
package io.dragoman.feedback;
