/** The pages: one package a page, and {@code shell} for what surrounds them. */
package io.dragoman.ui;
