package io.dragoman.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The folder that holds everything the server keeps on disk. It belongs to one running server at a time, which a lock on
 * {@code dragoman.lock} within it ensures; the operating system gives the lock up with the process, however it ends.
 */
public final class DataFolder implements AutoCloseable {

    private static final int SECRET_BYTES = 24;
    private static final String CHOOSE_ANOTHER = "Set DRAGOMAN_DATA_DIR to another folder.";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the folder if there is none, and takes possession of it.
     *
     * @throws StorageException when it cannot be written to, or another running server holds it
     */
    static DataFolder open(Path configured) {
        Path path = configured.toAbsolutePath().normalize();
        FileChannel channel;
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "writable", null));
            channel = FileChannel.open(path.resolve("dragoman.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException | SecurityException | UnsupportedOperationException e) {
            throw new StorageException("The data folder " + path + " cannot be written to (" + e.getClass()
                    .getSimpleName() + ").", "Make it writable, or set DRAGOMAN_DATA_DIR to a folder that is.", e);
        }
        try {
            if (channel.tryLock() == null) {
                throw inUse(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(path, channel);
        } catch (IOException e) {
            throw new StorageException("The data folder " + path + " is on a file system without locks.",
                    CHOOSE_ANOTHER, e);
        }
        writeProcessId(path);
        return new DataFolder(path, channel);
    }

    private static StorageException inUse(Path path, FileChannel channel) {
        String holder = "";
        try (channel) {
            holder = " (process " + Files.readString(path.resolve("dragoman.pid")).strip() + ")";
        } catch (IOException e) {
            // The holder may not have written its process id yet; the message does without.
        }
        return new StorageException("The data folder " + path + " is in use by another running Dragoman" + holder
                + ".", "Stop that one, or set DRAGOMAN_DATA_DIR to another folder.", null);
    }

    private static void writeProcessId(Path path) {
        try {
            Files.writeString(path.resolve("dragoman.pid"), Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /**
     * A secret that is made up when it is first asked for, and kept in a file of that name which only its owner can read.
     *
     * @throws UncheckedIOException when it cannot be read or written
     */
    public String secret(String name) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                Path draft = Files.createTempFile(path, "secret", null, ownerOnly());
                Files.writeString(draft, newSecret() + "\n");
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The secret " + file + " cannot be kept", e);
        }
    }

    /** A secret that nobody can guess: 192 random bits in hexadecimal digits. */
    public static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /** Gives the folder up. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
