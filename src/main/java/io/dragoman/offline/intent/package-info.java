/** What kind of thing was said to the server: a question for data, a question about the schema, a greeting, or none of it. */
package io.dragoman.offline.intent;
