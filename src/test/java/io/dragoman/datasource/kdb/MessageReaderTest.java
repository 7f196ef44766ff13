package io.dragoman.datasource.kdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.kx.c;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MessageReaderTest {

    private static final long MEMORY = 1 << 20;

    private static QValue body(String hex) throws Exception {
        byte[] message = HexFormat.of().parseHex(hex);
        return MessageReader.read(Arrays.copyOfRange(message, 8, message.length), message[0] == 1, MEMORY);
    }

    private static String shown(QValue value) {
        return value instanceof Table table ? table.columns().keySet() + " " + table.columns().values().stream().map(QFormat::text).toList()
                : value instanceof Dictionary dictionary ? shown(dictionary.keys()) + "!" + shown(dictionary.values()) : QFormat.text(value);
    }

    /** The examples of code.kx.com/q/kb/serialization. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "010000000d000000fa01000000 | 1",
        "010000001200000006000100000001000000 | ,1",
        "01000000130000000400050000000001020304 | 00 01 02 03 04",
        "01000000190000000000010000000400050000000001020304 | ,00 01 02 03 04",
        "0100000021000000630b0002000000610062000600020000000200000003000000 | `a`b!2 3",
        "01000000210000007f0b0102000000610062000600020000000200000003000000 | `a`b!2 3",
        "010000002d000000630b0002000000610062000000020000000600010000000200000006000100000003000000 | `a`b!(,2;,3)",
        "010000002f0000006200630b0002000000610062000000020000000600010000000200000006000100000003000000 | [a, b] [,2, ,3]",
        "010000002f0000006201630b0002000000610062000000020000000603010000000200000006000100000003000000 | [a, b] [,2, ,3]",
        "010000003f000000636200630b00010000006100000001000000060001000000020000006200630b0001000000620000000100000006000100000003000000 | [a] [,2]![b] [,3]",
        "010000003f0000007f6201630b00010000006100000001000000060001000000020000006200630b0001000000620000000100000006000100000003000000 | [a] [,2]![b] [,3]"})
    void readsThePublishedExamples(String hex, String expected) throws Exception {
        assertThat(shown(body(hex))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"010000001500000064000a00050000007b782b797d", "01000000160000006464000a00050000007b782b797d"})
    void refusesFunctions(String hex) {
        assertThatThrownBy(() -> body(hex)).isInstanceOf(MalformedReplyException.class).hasMessageContaining("function");
    }

    static Stream<Arguments> values() {
        UUID guid = UUID.fromString("8c6b8b64-6815-6084-0a3e-178401251b68");
        return Stream.of(Arguments.of(true, "1"), Arguments.of((byte) 7, "07"), Arguments.of((short) -3, "-3"), Arguments.of(5, "5"),
                Arguments.of(5_000_000_000L, "5000000000"), Arguments.of(1.5f, "1.5"), Arguments.of(-2.25, "-2.25"),
                Arguments.of('x', "x"), Arguments.of("sym", "`sym"), Arguments.of(guid, guid.toString()),
                Arguments.of(java.time.LocalDate.of(2026, 11, 21), "2026.11.21"),
                Arguments.of(java.time.LocalTime.of(9, 30, 1, 5_000_000), "09:30:01.005"),
                Arguments.of(new c.Month(322), "2026.11m"), Arguments.of(new c.Minute(570), "09:30"),
                Arguments.of(new c.Second(34_201), "09:30:01"), Arguments.of(new c.Timespan(1_500_000_000L), "0D00:00:01.500000000"),
                Arguments.of(java.time.Instant.parse("2026-11-21T09:30:00.123456789Z"), "2026.11.21D09:30:00.123456789"),
                Arguments.of(c.NULL('h'), "0N"), Arguments.of(c.NULL('i'), "0N"), Arguments.of(c.NULL('j'), "0N"),
                Arguments.of(c.NULL('f'), "0n"), Arguments.of(c.NULL('e'), "0n"), Arguments.of(c.NULL('s'), "`"),
                Arguments.of(c.NULL('d'), "0Nd"), Arguments.of(c.NULL('t'), "0Nt"), Arguments.of(c.NULL('p'), "0Np"),
                Arguments.of(c.NULL('m'), "0Nm"), Arguments.of(c.NULL('n'), "0Nn"), Arguments.of(c.NULL('u'), "0Nu"),
                Arguments.of(c.NULL('v'), "0Nv"), Arguments.of(Short.MAX_VALUE, "0W"), Arguments.of(Integer.MAX_VALUE, "0W"),
                Arguments.of(-Long.MAX_VALUE, "-0W"), Arguments.of(Double.POSITIVE_INFINITY, "0w"),
                Arguments.of(new boolean[] {true, false}, "10"), Arguments.of(new short[] {1, Short.MIN_VALUE}, "1 0N"),
                Arguments.of(new int[] {1, Integer.MIN_VALUE}, "1 0N"), Arguments.of(new long[] {1, Long.MIN_VALUE}, "1 0N"),
                Arguments.of(new double[] {1.5, Double.NaN}, "1.5 0n"), Arguments.of(new float[] {1.5f}, ",1.5"),
                Arguments.of("héllo".toCharArray(), "\"héllo\""), Arguments.of(new String[] {"a", ""}, "`a`"),
                Arguments.of(new UUID[] {guid}, "," + guid), Arguments.of(new Object[] {1L, "a", new long[] {2, 3}}, "(1;`a;2 3)"),
                Arguments.of(new java.time.LocalDate[] {java.time.LocalDate.of(2000, 1, 1)}, ",2000.01.01"),
                Arguments.of(new c.Dict(new String[] {"a"}, new long[] {1}), ",`a!,1"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsEveryTypeThatKxsOwnLibraryWrites(Object value, String expected) throws Exception {
        c.setEncoding("UTF-8");
        byte[] message = new c().serialize(2, value, false);
        assertThat(shown(MessageReader.read(Arrays.copyOfRange(message, 8, message.length), message[0] == 1, MEMORY)))
                .isEqualTo(expected);
    }

    @Test
    void tellsErrorsFromValues() {
        assertThatThrownBy(() -> body("010000000e000000807479706500")).isInstanceOf(ErrorReplyException.class).hasMessage("type");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0100000012000000060001000080ffffff7f", "010000000e0000000700ffffff7f", "010000000e0000000b00ffffff7f",
        "010000000e0000000000ffffff7f", "010000000e00000007000000ff", "0100000009000000fa", "010000000b000000f56162",
        "010000000e000000fa0100000000", "0100000009000000c7", "01000000090000004d", "01000000080000",
        "0100000016000000630700010000000100000000000000", "010000000b0000006200fa", "0100000008000000"})
    void refusesWhatIsNoValue(String hex) {
        assertThatThrownBy(() -> body(hex)).isInstanceOfAny(MalformedReplyException.class, IllegalArgumentException.class);
    }

    @Test
    void refusesValuesThatNestTooDeepOrTakeTooMuch() throws Exception {
        byte[] deep = new byte[600];
        for (int i = 0; i < 100; i++) {
            deep[6 * i + 2] = 1;
        }
        assertThatThrownBy(() -> MessageReader.read(deep, true, MEMORY)).isInstanceOf(MalformedReplyException.class)
                .hasMessageContaining("nests");
        byte[] wide = new c().serialize(2, new boolean[200_000], false);
        assertThatThrownBy(() -> MessageReader.read(Arrays.copyOfRange(wide, 8, wide.length), wide[0] == 1, MEMORY))
                .isInstanceOf(MalformedReplyException.class).hasMessageContaining("too large");
    }

    @Test
    void neverFailsOtherwiseOnDamagedMessages() throws Exception {
        byte[] message = new c().serialize(2, new Object[] {new long[] {1, 2}, new String[] {"a", "b"}, "text".toCharArray(),
            new c.Flip(new c.Dict(new String[] {"x"}, new Object[] {new long[] {1}}))}, false);
        byte[] body = Arrays.copyOfRange(message, 8, message.length);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(body, random.nextInt(body.length + 1));
            for (int j = 0; j < 3 && damaged.length > 0; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                MessageReader.read(damaged, i % 2 == 0, MEMORY);
            } catch (MalformedReplyException | ErrorReplyException e) {
                assertThat(e.getMessage()).isNotNull();
            }
        }
    }

    @Test
    void expandsWhatKxsOwnLibraryCompresses() throws Exception {
        long[] numbers = new long[5_000];
        Arrays.setAll(numbers, i -> i / 7);
        byte[] plain = new c().serialize(2, numbers, false);
        byte[] packed = new c().serialize(2, numbers, true);
        assertThat(packed[2]).as("compressed").isEqualTo((byte) 1);
        byte[] body = Arrays.copyOfRange(packed, 8, packed.length);
        assertThat(Compression.expanded(body, 4, plain.length)).isEqualTo(Arrays.copyOfRange(plain, 8, plain.length));
    }

    @Test
    void refusesDamagedCompression() throws Exception {
        Random random = new Random(11);
        byte[] packed = new c().serialize(2, new long[5_000], true);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = Arrays.copyOfRange(packed, 8, 8 + random.nextInt(packed.length - 8));
            try {
                Compression.expanded(damaged, Math.min(4, damaged.length), 40_014);
            } catch (MalformedReplyException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
    }
}
