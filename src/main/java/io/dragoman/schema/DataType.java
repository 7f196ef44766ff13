package io.dragoman.schema;

import java.util.Locale;

/** The kind of a column's or literal's values, independent of the query language. */
public enum DataType {
    TEXT, INTEGER, DECIMAL, BOOLEAN, DATE, TIME, TIMESTAMP, BINARY, OTHER;

    /** Whether values can be summed and averaged. */
    public boolean numeric() {
        return this == INTEGER || this == DECIMAL;
    }

    /** Whether values are points in time, of whatever precision. */
    public boolean temporal() {
        return this == DATE || this == TIME || this == TIMESTAMP;
    }

    /**
     * Reads a native type name of any supported query language: {@code VARCHAR(50)}, {@code bigint}, kdb+'s
     * {@code symbol}, {@code timespan} or its one-letter type characters.
     *
     * @param nativeType the type as the database or the upload spells it; null gives {@link #OTHER}
     * @return the kind, {@link #OTHER} when unknown
     */
    public static DataType of(String nativeType) {
        if (nativeType == null || nativeType.isBlank()) {
            return OTHER;
        }
        String trimmed = nativeType.trim();
        if (trimmed.length() == 1) {
            return ofKdbCharacter(trimmed.charAt(0));
        }
        int length = trimmed.indexOf('(');
        String name = (length < 0 ? trimmed : trimmed.substring(0, length)).toLowerCase(Locale.ROOT).trim();
        if (name.startsWith("timestamp") || name.startsWith("datetime")) {
            return TIMESTAMP;
        }
        return switch (name) {
            case "date", "month" -> DATE;
            case "time", "timespan", "minute", "second", "timetz", "time without time zone" -> TIME;
            case "bool", "boolean", "bit" -> BOOLEAN;
            case "int", "integer", "int2", "int4", "int8", "int64", "bigint", "smallint", "tinyint", "mediumint", "long",
                 "short", "serial", "bigserial", "smallserial", "hugeint", "unsigned big int", "year" -> INTEGER;
            case "numeric", "decimal", "real", "float", "float4", "float8", "float64", "double", "double precision",
                 "money", "number", "bignumeric" -> DECIMAL;
            case "blob", "bytea", "bytes", "byte", "binary", "varbinary" -> BINARY;
            case "text", "string", "symbol", "char", "varchar", "character", "character varying", "nvarchar", "nchar",
                 "varchar2", "clob", "bpchar", "uuid", "guid", "enum", "citext", "name", "tinytext", "mediumtext",
                 "longtext" -> TEXT;
            default -> name.contains("char") || name.contains("text") ? TEXT
                    : name.contains("int") && !name.contains("interval") && !name.contains("point") ? INTEGER : OTHER;
        };
    }

    /** The type characters of kdb+'s {@code meta}. See code.kx.com/q/basics/datatypes. */
    private static DataType ofKdbCharacter(char type) {
        return switch (Character.toLowerCase(type)) {
            case 's', 'c', 'g' -> TEXT;
            case 'h', 'i', 'j' -> INTEGER;
            case 'e', 'f' -> DECIMAL;
            case 'b' -> BOOLEAN;
            case 'd', 'm' -> DATE;
            case 't', 'n', 'u', 'v' -> TIME;
            case 'p', 'z' -> TIMESTAMP;
            case 'x' -> BINARY;
            default -> OTHER;
        };
    }
}
