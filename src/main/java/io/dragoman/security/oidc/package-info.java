/** OpenID Connect: the provider's keys, what its tokens have to be like, and what their claims say. It knows no users. */
package io.dragoman.security.oidc;
