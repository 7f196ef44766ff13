package io.dragoman.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.DragomanApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the whole server in a process of its own where it cannot start. */
@Timeout(180)
class StartFailureTest {

    @TempDir
    Path temporary;

    @Test
    void anUnwritableDataFolderIsOneLine() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThat(failure("--server.port=0", "--dragoman.data-dir=" + file.resolve("data")))
                .contains("The data folder " + file.resolve("data") + " cannot be written to")
                .contains("DRAGOMAN_DATA_DIR");
    }

    @Test
    void aDataFolderInUseIsOneLine() throws Exception {
        try (DataFolder held = DataFolder.open(temporary)) {
            assertThat(failure("--server.port=0", "--dragoman.data-dir=" + held.path()))
                    .contains("in use by another running Dragoman (process " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void anUnreachableDatabaseIsOneLineWithoutThePassword() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(failure("--server.port=0", "--dragoman.data-dir=" + temporary, "--dragoman.db.user=me", "--dragoman.db.password=hush",
                "--dragoman.db.url=jdbc:postgresql://127.0.0.1:" + closed + "/dragoman?password=hush"))
                .contains("The configured database 127.0.0.1:" + closed + "/dragoman cannot be used")
                .contains("DRAGOMAN_DB_URL").doesNotContain("hush");
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(failure("--dragoman.data-dir=" + temporary, "--dragoman.db.url=" + database.url(),
                    "--dragoman.db.user=" + database.user(), "--dragoman.samples=false",
                    "--dragoman.embedding.provider=none", "--server.port=" + taken.getLocalPort()))
                    .contains("ort " + taken.getLocalPort()).contains("in use");
        }
    }

    @Test
    void aBrokersPortInUseIsOneLine() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(failure("--dragoman.data-dir=" + temporary, "--dragoman.db.url=" + database.url(),
                    "--dragoman.db.user=" + database.user(), "--dragoman.samples=false",
                    "--dragoman.embedding.provider=none", "--server.port=0", "--dragoman.broker.port=" + taken.getLocalPort()))
                    .contains("Port " + taken.getLocalPort() + " of the embedded broker is in use.")
                    .contains("DRAGOMAN_BROKER_PORT");
        }
    }

    @Test
    void aPolicyThatCannotBeReadIsOneLine() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        Path policy = Files.writeString(temporary.resolve("policy.yaml"), "defaults:\n  max_row: 3\n");
        assertThat(failure("--dragoman.data-dir=" + temporary, "--dragoman.db.url=" + database.url(),
                "--dragoman.db.user=" + database.user(), "--dragoman.samples=false", "--dragoman.embedding.provider=none",
                "--server.port=0", "--dragoman.policy.file=" + policy))
                .contains("The policy (" + policy + ", line 2, column 3) cannot be used: 'defaults.max_row' is not known;"
                        + " did you mean 'max_rows'?").contains("DRAGOMAN_POLICY_FILE");
    }

    /** The one line that says why the start failed. */
    private String failure(String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), DragomanApplication.class.getName()));
        command.addAll(List.of(settings));
        Path output = temporary.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isEqualTo(1);
        assertThat(text).doesNotContain("\tat ").doesNotContain("Caused by").doesNotContain("Action:");
        // Java 24 and later warn, in lines of their own, of what libraries use.
        List<String> loud = text.lines().filter(line -> line.contains("ERROR") || line.contains("WARN"))
                .filter(line -> !line.startsWith("WARNING: ")).toList();
        assertThat(loud).as(text).hasSize(1);
        return loud.get(0);
    }
}
