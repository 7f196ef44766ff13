package io.dragoman.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests run only where the {@link Requirement} is met. Where it is not, they are skipped and listed by name on the
 * standard error; with the environment variable {@code CI=true} they fail instead, so that a skip cannot pass unseen.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiresCondition.class)
public @interface Requires {

    /** What the tests need. */
    Class<? extends Requirement>[] value();
}
