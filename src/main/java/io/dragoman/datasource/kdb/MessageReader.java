package io.dragoman.datasource.kdb;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the value of a message. Nothing is allocated that the bytes at hand cannot fill, nor more in all than is allowed, so
 * that a message that lies about its lengths costs nothing.
 *
 * @see <a href="https://code.kx.com/q/kb/serialization/">Serialization examples</a>
 */
final class MessageReader {

    private static final int DEEPEST = 50;
    private static final int OBJECT = 48;
    private static final int TABLE = 98;
    private static final int DICTIONARY = 99;
    private static final int SORTED_DICTIONARY = 127;
    private static final int ERROR = -128;
    private static final int NOTHING = 101;

    private final ByteBuffer bytes;
    private long memoryLeft;
    private int depth;

    private MessageReader(ByteBuffer bytes, long memory) {
        this.bytes = bytes;
        this.memoryLeft = memory;
    }

    /**
     * The value that a message's body holds.
     *
     * @param memory the most bytes that the value may take in memory, about
     * @throws ErrorReplyException     when the body is an error
     * @throws MalformedReplyException when it is none of the protocol, or takes too much
     */
    static QValue read(byte[] body, boolean littleEndian, long memory) throws ErrorReplyException, MalformedReplyException {
        MessageReader reader = new MessageReader(ByteBuffer.wrap(body)
                .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN), memory);
        try {
            if (body.length > 0 && body[0] == ERROR) {
                reader.bytes.get();
                throw new ErrorReplyException(reader.symbol());
            }
            QValue value = reader.value();
            if (reader.bytes.hasRemaining()) {
                throw new MalformedReplyException("the message is longer than its value");
            }
            return value;
        } catch (BufferUnderflowException e) {
            throw new MalformedReplyException("the message is shorter than its value");
        }
    }

    private void take(long memory) throws MalformedReplyException {
        memoryLeft -= memory;
        if (memoryLeft < 0) {
            throw new MalformedReplyException("the reply is too large; ask for fewer rows or columns");
        }
    }

    private QValue value() throws MalformedReplyException {
        if (++depth > DEEPEST) {
            throw new MalformedReplyException("the value nests deeper than " + DEEPEST + " levels");
        }
        take(OBJECT);
        int type = bytes.get();
        QValue value;
        if (type < 0 && QType.of(-type) != null) {
            value = new Atom(list(QType.of(-type), 1));
        } else if (type >= 0 && QType.of(type) != null) {
            bytes.get();
            value = list(QType.of(type), bytes.getInt());
        } else {
            value = compound(type);
        }
        depth--;
        return value;
    }

    private QValue compound(int type) throws MalformedReplyException {
        if (type == TABLE) {
            bytes.get();
            return value() instanceof Dictionary columns ? table(columns) : malformed("a table without columns");
        } else if (type == DICTIONARY || type == SORTED_DICTIONARY) {
            return dictionary(value(), value());
        } else if (type == NOTHING && bytes.get() == 0) {
            return new Items();
        }
        return malformed(type >= 100 && type <= 112 ? "a function, which is no result of a query" : "the unknown type " + type);
    }

    private static QValue malformed(String what) throws MalformedReplyException {
        throw new MalformedReplyException("the reply has " + what);
    }

    private static QValue dictionary(QValue keys, QValue values) throws MalformedReplyException {
        boolean tables = keys instanceof Table && values instanceof Table;
        boolean sides = tables || (keys instanceof Vector || keys instanceof Table) && (values instanceof Vector || values instanceof Table);
        if (!sides || size(keys) != size(values)) {
            return malformed("a dictionary whose sides do not match");
        }
        return new Dictionary(keys, values);
    }

    private static int size(QValue side) {
        return side instanceof Table table ? table.rows() : ((Vector) side).size();
    }

    private static Table table(Dictionary dictionary) throws MalformedReplyException {
        if (!(dictionary.keys() instanceof Names names) || !(dictionary.values() instanceof Items lists)) {
            throw new MalformedReplyException("the reply has a table whose columns are no lists with names");
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            boolean fits = lists.item(i) instanceof Vector list && list.size() == ((Vector) lists.item(0)).size();
            if (!fits || columns.put(names.name(i), (Vector) lists.item(i)) != null) {
                throw new MalformedReplyException("the reply has a table whose columns do not match");
            }
        }
        return Table.of(columns);
    }

    private Vector list(QType type, int size) throws MalformedReplyException {
        int least = type == QType.MIXED ? 2 : type.width();
        if (size < 0 || (long) size * least > bytes.remaining()) {
            throw new MalformedReplyException("a list is said to have " + size + " values, more than the message holds");
        }
        return switch (type) {
            case MIXED -> items(size);
            case CHAR -> text(size);
            case SYMBOL, GUID -> names(type, size);
            case REAL, FLOAT, DATETIME -> doubles(type, size);
            default -> longs(type, size);
        };
    }

    private Vector items(int size) throws MalformedReplyException {
        take(8L * size);
        QValue[] values = new QValue[size];
        for (int i = 0; i < size; i++) {
            values[i] = value();
        }
        return new Items(values);
    }

    private Vector text(int size) throws MalformedReplyException {
        take(2L * size);
        byte[] text = new byte[size];
        bytes.get(text);
        String decoded = new String(text, StandardCharsets.UTF_8);
        return new Text(size == 1 ? new String(text, StandardCharsets.ISO_8859_1) : decoded);
    }

    private Vector names(QType type, int size) throws MalformedReplyException {
        take(8L * size);
        String[] values = new String[size];
        for (int i = 0; i < size; i++) {
            values[i] = type == QType.SYMBOL ? symbol() : guid();
        }
        return new Names(type, values);
    }

    private String symbol() throws MalformedReplyException {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        if (end == bytes.limit()) {
            throw new BufferUnderflowException();
        }
        if (end == start) {
            bytes.get();
            return "";
        }
        take(OBJECT + end - start);
        byte[] name = new byte[end - start];
        bytes.get(name);
        bytes.get();
        return new String(name, StandardCharsets.UTF_8);
    }

    /** A GUID has its bytes in the order it is written in, whatever the order of numbers. */
    private String guid() throws MalformedReplyException {
        take(OBJECT + 36);
        ByteBuffer written = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        UUID guid = new UUID(written.getLong(), written.getLong());
        bytes.position(bytes.position() + 16);
        return guid.toString();
    }

    private Vector doubles(QType type, int size) throws MalformedReplyException {
        take(8L * size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = type == QType.REAL ? bytes.getFloat() : bytes.getDouble();
        }
        return new Doubles(type, values);
    }

    private Vector longs(QType type, int size) throws MalformedReplyException {
        take(8L * size);
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (type.width()) {
                case 8 -> bytes.getLong();
                case 4 -> orNull(bytes.getInt(), Integer.MIN_VALUE);
                case 2 -> orNull(bytes.getShort(), Short.MIN_VALUE);
                default -> bytes.get() & 0xff;
            };
        }
        return new Longs(type, values);
    }

    private static long orNull(long value, long none) {
        return value == none ? QType.NULL : value;
    }
}
