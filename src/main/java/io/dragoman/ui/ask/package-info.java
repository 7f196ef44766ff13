/** The page on which people ask questions and see how each was read, checked, run and answered. */
package io.dragoman.ui.ask;
