/**
 * Who calls: roles, what a caller may see, keys and sign-in, rate limits and the audit log. It knows no other feature, so
 * that every one may ask it.
 */
package io.dragoman.security;
