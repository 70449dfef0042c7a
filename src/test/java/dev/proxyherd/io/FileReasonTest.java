package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java says of failures, as the JDK throws them. */
class FileReasonTest {
    @TempDir
    private Path dir;

    private static IOException failure(ThrowingCallable doing) {
        return catchThrowableOfType(IOException.class, doing);
    }

    private static void list(Path folder) throws IOException {
        try (var unused = Files.newDirectoryStream(folder)) {
            // Opening it is enough.
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeNone() {
        assertThat(FileReason.of(failure(() -> Files.newInputStream(dir.resolve("none")))))
                .isEqualTo("no such file or folder");
        assertThat(FileReason.of(failure(() -> new RandomAccessFile(dir.resolve("none").toFile(), "r").close())))
                .isEqualTo("No such file or directory");
    }

    @Test
    void aReasonThatFollowsTheNameIsTakenWithoutIt() throws IOException {
        Path loop = Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));
        IOException failure = failure(() -> Files.newInputStream(loop));
        assertThat(failure).hasMessageContaining(loop.toString());
        assertThat(FileReason.of(failure)).startsWith("Too many levels of symbolic links")
                .doesNotContain(loop.toString());
    }

    @Test
    void whatNobodyMayDoIsSaidInWords() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));
        assertThat(FileReason.of(new AccessDeniedException("x"))).isEqualTo("permission denied");
        assertThat(FileReason.of(failure(() -> Files.createDirectories(file))))
                .isEqualTo("is there already, and is no folder");
        assertThat(FileReason.of(failure(() -> list(file)))).isEqualTo("is no folder");
        assertThat(FileReason.of(failure(() -> Files.delete(dir)))).isEqualTo("the folder is not empty");
        assertThat(FileReason.of(new FileSystemException("x"))).isEqualTo("cannot be made or opened");
        assertThat(FileReason.of(new MalformedInputException(1))).isEqualTo("not UTF-8");
    }

    @Test
    void aReasonAloneStaysAsItIsAndNoneIsNeverNull() {
        assertThat(FileReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(FileReason.of(new IOException())).isEqualTo("IOException");
    }

    @Test
    void theFileIsTheOneThatTheFailureNamesOrElseTheOneThatWasAskedFor() {
        assertThat(FileReason.of(Path.of("/a/b"), new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(FileReason.of(Path.of("/a/b"), new IOException("No locks available")))
                .isEqualTo("/a/b: No locks available");
        assertThat(FileReason.of(Path.of("/a/b"), new FileSystemException(null, null, "Is a directory")))
                .isEqualTo("/a/b: Is a directory");
    }
}
