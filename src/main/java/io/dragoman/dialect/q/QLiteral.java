package io.dragoman.dialect.q;

import io.dragoman.schema.DataType;
import java.util.regex.Pattern;

/** The forms of q's numbers and times, nulls and infinities included. */
final class QLiteral {

    private static final String DATE = "\\d{4}\\.\\d\\d\\.\\d\\d";
    private static final String TIME = "\\d{1,3}:\\d\\d(:\\d\\d(\\.\\d*)?)?";
    private static final Pattern BYTES = Pattern.compile("0x[0-9a-fA-F]*");
    private static final Pattern BOOLEANS = Pattern.compile("[01]+b");
    private static final Pattern INTEGER = Pattern.compile("-?\\d+[hij]?|-?0[NW][hij]?");
    private static final Pattern FLOAT = Pattern.compile(
            "-?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?[ef]?|-?0[nw][ef]?|-?0[NW][ef]");
    private static final Pattern DATES = Pattern.compile("-?(" + DATE + "d?|0[NW][dm]|\\d{4}\\.\\d\\dm|\\d+[dm])");
    private static final Pattern TIMES = Pattern.compile("-?(" + TIME + "[uvtn]?|0[NW][uvtn]|\\d+[uvtn]|\\d+D("
            + TIME + "|\\d{1,2})?n?)");
    private static final Pattern TIMESTAMPS = Pattern.compile(
            "-?(" + DATE + "[DTZ](" + TIME + "|\\d{1,2})?[pz]?|0[NW][pz]|\\d+p|" + DATE + "[pz]|\\d*\\.\\d+z)");
    private static final Pattern OTHER = Pattern.compile("0N[gscC]|-?0[NW]c|\\d+c|\\d+g?");

    private QLiteral() {
    }

    static boolean valid(String text) {
        return type(text) != null;
    }

    /** The kind of the literal's values; null when it is no literal. */
    static DataType type(String text) {
        if (BYTES.matcher(text).matches()) {
            return DataType.BINARY;
        } else if (BOOLEANS.matcher(text).matches()) {
            return DataType.BOOLEAN;
        } else if (INTEGER.matcher(text).matches()) {
            return DataType.INTEGER;
        } else if (FLOAT.matcher(text).matches()) {
            return DataType.DECIMAL;
        } else if (DATES.matcher(text).matches()) {
            return DataType.DATE;
        } else if (TIMES.matcher(text).matches()) {
            return DataType.TIME;
        } else if (TIMESTAMPS.matcher(text).matches()) {
            return DataType.TIMESTAMP;
        }
        return OTHER.matcher(text).matches() ? DataType.OTHER : null;
    }
}
