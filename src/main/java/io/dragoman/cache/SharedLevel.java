package io.dragoman.cache;

import java.time.Duration;

/** Where several servers keep values for each other. Nothing here throws: a level that is out of reach has no values. */
interface SharedLevel {

    /** No such level. */
    SharedLevel NONE = new SharedLevel() {
        @Override
        public byte[] find(String key) {
            return null;
        }

        @Override
        public void keep(String key, byte[] value, Duration ttl) {
            // There is nowhere to keep it.
        }

        @Override
        public void forget(String key) {
            // There is nothing to forget.
        }

        @Override
        public State state() {
            return State.NONE;
        }
    };

    /** The value of a key; null when there is none. Waits no longer than is configured. */
    byte[] find(String key);

    /** Keeps a value for a while. Does not wait. */
    void keep(String key, byte[] value, Duration ttl);

    /** Removes a value. Does not wait. */
    void forget(String key);

    /** How the level is. */
    State state();

    /** How a level is. */
    enum State { NONE, REACHED, OUT_OF_REACH }
}
