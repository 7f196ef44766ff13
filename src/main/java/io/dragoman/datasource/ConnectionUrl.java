package io.dragoman.datasource;

import io.dragoman.failure.FailureException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A connection URL taken apart: scheme, user and password of the authority, the rest, and the parameters after the
 * question mark.
 */
public record ConnectionUrl(String base, String user, String password, List<Parameter> parameters) {

    /** A parameter as it was written, its value decoded. */
    public record Parameter(String name, String value, String written) {

        @Override
        public String toString() {
            return "Parameter[…]";
        }
    }

    /**
     * Takes a URL apart.
     *
     * @param prefix what it must start with, such as {@code jdbc:postgresql:}
     * @throws FailureException when it starts otherwise or has control characters
     */
    public static ConnectionUrl parse(String url, String prefix) {
        if (!url.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw invalid("The URL must start with " + prefix);
        }
        if (url.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The URL has control characters");
        }
        int question = url.indexOf('?');
        String address = question < 0 ? url : url.substring(0, question);
        List<Parameter> parameters = new ArrayList<>();
        if (question >= 0) {
            for (String part : url.substring(question + 1).split("&")) {
                if (!part.isEmpty()) {
                    parameters.add(parameter(part));
                }
            }
        }
        String rest = address.substring(prefix.length());
        String user = null;
        String password = null;
        int authority = rest.startsWith("//") ? 2 : 0;
        int at = rest.lastIndexOf('@');
        if (authority > 0 && at >= authority) {
            String userInfo = rest.substring(authority, at);
            int colon = userInfo.indexOf(':');
            user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
            password = colon < 0 ? null : decode(userInfo.substring(colon + 1));
            rest = rest.substring(0, authority) + rest.substring(at + 1);
        }
        return new ConnectionUrl(prefix + rest, user, password, List.copyOf(parameters));
    }

    /**
     * The address with its user and password taken out, also out of the parameters, and every other parameter checked.
     *
     * @throws FailureException when a parameter is none of {@code allowed}
     */
    public ConnectorFactory.Address allowingOnly(Set<String> allowed) {
        String foundUser = user;
        String foundPassword = password;
        List<String> kept = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals("user")) {
                foundUser = parameter.value();
            } else if (parameter.name().equals("password")) {
                foundPassword = parameter.value();
            } else if (allowed.contains(parameter.name())) {
                kept.add(parameter.written());
            } else {
                throw invalid("The URL parameter " + quoted(parameter.name()) + "is not allowed; allowed are "
                        + (allowed.isEmpty() ? "none" : String.join(", ", new TreeSet<>(allowed))));
            }
        }
        String url = kept.isEmpty() ? base : base + "?" + String.join("&", kept);
        return new ConnectorFactory.Address(url, foundUser, foundPassword);
    }

    @Override
    public String toString() {
        return "ConnectionUrl[…]";
    }

    /** A parameter's name if it is a plain word; else nothing, as it may be a part of a password with a question mark. */
    private static String quoted(String name) {
        boolean word = name.length() <= 40 && name.chars().allMatch(Character::isLetterOrDigit);
        return word ? "'" + name + "' " : "";
    }

    private static Parameter parameter(String written) {
        int equals = written.indexOf('=');
        return equals < 0 ? new Parameter(decode(written), "", written)
                : new Parameter(decode(written.substring(0, equals)), decode(written.substring(equals + 1)), written);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The URL has a '%' that is no escape");
        }
    }

    /** The refusal of a URL, to be thrown. */
    public static FailureException invalid(String message) {
        return FailureException.invalid("url", message);
    }
}
