package io.dragoman.pipeline;

/** Hears of a run that is worked at under a lease: what the run comes to is kept only while the lease is held. */
public interface LeasedRun extends ProgressListener {

    /**
     * Goes on only while the lease is held. Called within the transaction that keeps something of the run, so that the lease
     * cannot pass to another server before that is committed.
     *
     * @throws RuntimeException when it is not held any more
     */
    void requireLease();
}
