package io.dragoman.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void saysWhichFolderCannotBeWrittenTo() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.resolve("data").toString()).hasMessageContaining("cannot be written to");
    }

    @Test
    void refusesAFolderThatIsInUseAndSaysByWhichProcess() {
        try (DataFolder held = DataFolder.open(temporary)) {
            assertThatThrownBy(() -> DataFolder.open(temporary))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("in use by another running Dragoman (process "
                            + ProcessHandle.current().pid() + ")");
            assertThat(held.path()).isEqualTo(temporary);
        }
        DataFolder.open(temporary).close();
    }
}
