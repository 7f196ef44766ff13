package io.dragoman.datasource.kdb;

/**
 * Expands compressed messages: flags in groups of eight say of each step whether it is a byte as it is, or a run that was seen
 * before, by a hash of its first two bytes and its length.
 */
final class Compression {

    private static final int HEADER = 8;
    private static final int HASHES = 256;

    private Compression() {
    }

    /**
     * The body of a message that was compressed.
     *
     * @param body   the compressed body, after the length that it says the expanded message has
     * @param length of the expanded message, its header included, already known to be allowed
     * @throws MalformedReplyException when the body does not expand to that length
     */
    static byte[] expanded(byte[] body, int from, int length) throws MalformedReplyException {
        byte[] out = new byte[Math.max(0, length - HEADER)];
        int[] seen = new int[HASHES];
        int in = from;
        int end = 0;
        int hashed = 0;
        int flags = 0;
        int bit = 0;
        try {
            while (end < out.length) {
                if (bit == 0) {
                    flags = body[in++] & 0xff;
                    bit = 1;
                }
                boolean run = (flags & bit) != 0;
                int more = 0;
                int start = end;
                if (run) {
                    int at = seen[body[in++] & 0xff];
                    more = body[in++] & 0xff;
                    for (int i = 0; i < more + 2; i++) {
                        out[end + i] = out[at + i];
                    }
                    end += 2;
                } else {
                    out[end++] = body[in++];
                }
                while (hashed < end - 1) {
                    seen[(out[hashed] & 0xff) ^ (out[hashed + 1] & 0xff)] = hashed++;
                }
                if (run) {
                    end = start + 2 + more;
                    hashed = end;
                }
                bit = bit == 128 ? 0 : bit * 2;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new MalformedReplyException("the compressed message is damaged");
        }
        return out;
    }
}
