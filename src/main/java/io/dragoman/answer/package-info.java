/** Answers: shaping rows into a sentence, insights and a chart. */
package io.dragoman.answer;
