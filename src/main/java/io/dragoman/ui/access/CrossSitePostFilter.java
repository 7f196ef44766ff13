package io.dragoman.ui.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site's page posts, a sign-in above all (login CSRF), which would have people work under somebody
 * else's name. A browser tells where a form comes from, and no page can have it tell otherwise; so nothing has to be kept for
 * who is not signed in yet, and a sign-in page that was open for long still works.
 */
final class CrossSitePostFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (fromHere(request)) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print("This was sent by a page of another site. Sign in on this server's own page.");
        }
    }

    /** What sends neither header is no browser, and has nobody's session. */
    private static boolean fromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || Stream.of(HttpHeaders.HOST, "X-Forwarded-Host").map(request::getHeader)
                .anyMatch(host -> host != null && authority(origin).equals(authority(host)));
    }

    /** The host and port of an origin or of a host, without a port that goes without saying. */
    private static String authority(String address) {
        String authority = address.substring(address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3).toLowerCase(Locale.ROOT);
        String usual = address.startsWith("https:") ? ":443" : address.startsWith("http:") ? ":80" : "";
        return authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
    }
}
