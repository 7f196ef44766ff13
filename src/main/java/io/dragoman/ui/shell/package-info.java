/** What surrounds every page: navigation, header, notices, error pages. */
package io.dragoman.ui.shell;
