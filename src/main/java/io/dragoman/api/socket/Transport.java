package io.dragoman.api.socket;

import java.util.List;
import java.util.function.Consumer;

/** A way to send packets to one caller. */
interface Transport {

    /** Whether something can be sent now. */
    boolean ready();

    /** Whether one write takes any number of packets; else it takes one. */
    boolean takesMany();

    /**
     * Sends, without holding the thread while the caller reads. Nothing else is sent until it is done.
     *
     * @param done hears whether it was sent, on any thread
     */
    void write(List<String> packets, Consumer<Boolean> done);

    /** Ends; it may wait a second or two for the other side. */
    void close();
}
