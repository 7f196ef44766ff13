package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Table;
import java.util.Map;

/** The tables of a sandbox at one moment. */
record World(Map<String, Table> tables) {
}
