package io.dragoman.datasource;

import io.dragoman.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What the address of a database in a file may be: the plain path of a file that exists.
 *
 * @param product   as it is called
 * @param prefix    of the URL
 * @param extension that such a file usually has
 * @param at        where in the file the magic is
 * @param magic     by which such a file is known, in ASCII
 */
record DatabaseFile(String product, String prefix, String extension, int at, String magic) {

    /**
     * Checks an address.
     *
     * @throws FailureException when it is none, has parameters, or there is no such file
     */
    ConnectorFactory.Address address(String url, Map<String, String> options) {
        if (!url.regionMatches(true, 0, prefix, 0, prefix.length()) || url.chars().anyMatch(Character::isISOControl)) {
            throw ConnectionUrl.invalid("The URL must read " + prefix + "/path/to/file." + extension);
        }
        if (!options.isEmpty()) {
            throw FailureException.invalid("options." + options.keySet().iterator().next(), product + " has no options");
        }
        String path = url.substring(prefix.length());
        if (path.isEmpty() || path.startsWith(":") || path.indexOf('?') >= 0 || path.indexOf(';') >= 0
                || path.startsWith("file:")) {
            throw ConnectionUrl.invalid("The URL must name a file by its plain path: no :memory:, no :resource:, "
                    + "no file: URI and no parameters. The file is always opened read-only");
        }
        requireDatabase(path);
        return new ConnectorFactory.Address(prefix + path, null, null);
    }

    /** An empty file is an empty database; anything else has the magic. */
    private void requireDatabase(String text) {
        try {
            Path path = Path.of(text);
            if (!Files.isRegularFile(path)) {
                throw ConnectionUrl.invalid("There is no file of that path on the server; " + product
                        + " files are not created");
            }
            try (InputStream file = Files.newInputStream(path)) {
                byte[] start = file.readNBytes(at + magic.length());
                byte[] found = Arrays.copyOfRange(start, Math.min(at, start.length), start.length);
                if (start.length > 0 && !magic.equals(new String(found, StandardCharsets.US_ASCII))) {
                    throw ConnectionUrl.invalid("The file of that path is no " + product + " database");
                }
            }
        } catch (InvalidPathException | IOException e) {
            throw ConnectionUrl.invalid("The file of that path cannot be read");
        }
    }
}
