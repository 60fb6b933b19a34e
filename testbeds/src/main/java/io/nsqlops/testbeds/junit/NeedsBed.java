package io.nsqlops.testbeds.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test or the class only where all these servers can be had; skips it with the reason
 * otherwise. Servers that Maven delivers are installed on the way.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(BedCondition.class)
public @interface NeedsBed {
  Bed[] value();
}
