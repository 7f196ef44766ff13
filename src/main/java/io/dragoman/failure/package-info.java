/** What can go wrong, as callers see it: one code, one message, details. Every door (REST, JMS, pages) replies with these. */
package io.dragoman.failure;
