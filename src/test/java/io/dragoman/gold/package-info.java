/** Questions that people ask, with hand-written queries that answer them: how often the server is right. */
package io.dragoman.gold;
