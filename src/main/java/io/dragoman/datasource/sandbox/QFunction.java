package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.QValue;
import java.util.List;

/** A function as a value: it can be applied, passed on and given fewer arguments than it takes. */
interface QFunction extends QValue {

    /** The value for these arguments. */
    QValue apply(List<QValue> arguments);

    /** How many arguments it takes at most; 0 when not known. */
    default int rank() {
        return 0;
    }
}
