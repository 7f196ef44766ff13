/**
 * Connectors for q: to kdb+ over its IPC protocol, and to the embedded sandbox.
 *
 * @see <a href="https://code.kx.com/q/basics/ipc/">Interprocess communication</a>
 */
package io.dragoman.datasource.kdb;
