package io.dragoman.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where a request comes from. */
public final class Proximity {

    private static final List<String> PASSED_ON = List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host",
            "X-Real-IP");

    private Proximity() {
    }

    /** Whether the connection comes from this machine, and no proxy says that it passes it on for somebody else. */
    public static boolean fromThisMachine(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                    && PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
