/** The page on which people approve or reject queries that wait. */
package io.dragoman.ui.approvals;
