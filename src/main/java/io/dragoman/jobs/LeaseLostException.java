package io.dragoman.jobs;

import java.util.UUID;

/** This server does not hold the lease on a job any more, so that whatever it found is not kept. */
public class LeaseLostException extends RuntimeException {

    LeaseLostException(UUID job) {
        super("The lease on job " + job + " has passed to another server", null, false, false);
    }
}
