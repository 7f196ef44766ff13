package io.dragoman.datasource.q;

/** The types of q's lists and atoms. Temporal values count from 2000-01-01 or midnight. */
public enum QType {

    /** A list of anything. */
    MIXED(0, '*', 0),
    BOOLEAN(1, 'b', 1),
    GUID(2, 'g', 16),
    BYTE(4, 'x', 1),
    SHORT(5, 'h', 2),
    INT(6, 'i', 4),
    LONG(7, 'j', 8),
    REAL(8, 'e', 4),
    FLOAT(9, 'f', 8),
    CHAR(10, 'c', 1),
    SYMBOL(11, 's', 1),
    /** Nanoseconds. */
    TIMESTAMP(12, 'p', 8),
    MONTH(13, 'm', 4),
    /** Days. */
    DATE(14, 'd', 4),
    /** Days, with the time as their fraction. */
    DATETIME(15, 'z', 8),
    /** Nanoseconds. */
    TIMESPAN(16, 'n', 8),
    MINUTE(17, 'u', 4),
    SECOND(18, 'v', 4),
    /** Milliseconds. */
    TIME(19, 't', 4);

    /** What the null of every type that is counted in whole numbers is kept as, whatever its width. */
    public static final long NULL = Long.MIN_VALUE;

    private final int code;
    private final char letter;
    private final int width;

    QType(int code, char letter, int width) {
        this.code = code;
        this.letter = letter;
        this.width = width;
    }

    /** The number of its lists on the wire; atoms have the negative. */
    public int code() {
        return code;
    }

    /** Its letter in {@code meta}. */
    public char letter() {
        return letter;
    }

    /** The bytes of a value on the wire; 1 for a symbol, which ends with a zero; 0 for a list of anything. */
    public int width() {
        return width;
    }

    /** Its name as in {@code `date$}. */
    public String title() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The type of that number; null when there is none. */
    public static QType of(int code) {
        for (QType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** The type of that letter; null when there is none. */
    public static QType of(char letter) {
        for (QType type : values()) {
            if (type.letter == letter) {
                return type;
            }
        }
        return null;
    }

    /** Whether values are kept as floating point numbers. */
    public boolean floating() {
        return this == REAL || this == FLOAT || this == DATETIME;
    }

    /** Whether values are dates or times. */
    public boolean temporal() {
        return code >= TIMESTAMP.code;
    }

    /** Whether values are numbers, booleans and bytes included. */
    public boolean numeric() {
        return this == BOOLEAN || code >= BYTE.code && code <= FLOAT.code;
    }

    /** Whether it has a null among its values. */
    public boolean nullable() {
        return this != BOOLEAN && this != BYTE && this != MIXED;
    }

    /** The greatest value, written {@code 0W}, of a type that is counted in whole numbers. */
    public long infinity() {
        return switch (width) {
            case 8 -> Long.MAX_VALUE;
            case 4 -> Integer.MAX_VALUE;
            case 2 -> Short.MAX_VALUE;
            default -> this == BOOLEAN ? 1 : 255;
        };
    }
}
