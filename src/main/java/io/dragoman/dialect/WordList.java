package io.dragoman.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of words kept as resources: words parted by white space, {@code #} starts a comment. */
public final class WordList {

    private WordList() {
    }

    /**
     * Reads a list that lies beside a class.
     *
     * @param beside whose package has the resource
     * @param name   the file's name
     * @throws IllegalStateException when there is no such resource
     */
    public static Set<String> read(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("Missing resource " + name + " beside " + beside.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(line -> line.contains("#") ? line.substring(0, line.indexOf('#')) : line)
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of several lists. */
    public static Set<String> union(Class<?> beside, String... names) {
        return Arrays.stream(names).flatMap(name -> read(beside, name).stream()).collect(Collectors.toUnmodifiableSet());
    }
}
