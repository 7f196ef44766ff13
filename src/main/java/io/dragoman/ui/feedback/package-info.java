/** The page on which curators review feedback and make examples of it. */
package io.dragoman.ui.feedback;
