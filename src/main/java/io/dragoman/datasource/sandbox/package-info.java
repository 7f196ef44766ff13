/**
 * A sandbox for q without a kdb+ licence: an interpreter of the part of q that queries may use, over tables held in memory. It
 * refuses what it does not know, and never guesses. It is no kdb+: for its own sample world only.
 *
 * @see <a href="https://code.kx.com/q/ref/">Reference of q</a>
 */
package io.dragoman.datasource.sandbox;
