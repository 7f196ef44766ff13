/** The REST calls on datasources. */
package io.dragoman.api.datasource;
