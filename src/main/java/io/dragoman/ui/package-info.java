/** The pages: Vaadin views, one package per page, and what they share (layout, theme). */
package io.dragoman.ui;
