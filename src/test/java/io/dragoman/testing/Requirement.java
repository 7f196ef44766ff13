package io.dragoman.testing;

import java.util.Optional;

/** Something outside Java that tests need, such as a browser. Implementations have a constructor without parameters. */
public interface Requirement {

    /**
     * Installs or starts the thing where that is possible, and says what is missing. Called for every class that requires
     * it, so the work should be done once.
     *
     * @return why the tests cannot run here; empty when they can
     */
    Optional<String> missing();
}
