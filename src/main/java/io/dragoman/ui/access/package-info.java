/** Who gets in: signing in and out, passwords, users, keys, and what the audit log says. */
package io.dragoman.ui.access;
