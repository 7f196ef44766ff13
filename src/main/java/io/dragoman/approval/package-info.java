/** Human approval: runs whose query waits for a person, and what people decided. */
package io.dragoman.approval;
