package io.ddgan.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a configuration key, which is a component of a configuration record. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

  /** What the key means, in one phrase with its unit. */
  String value();

  /**
   * Smallest value that is allowed, of a number, of every number in a list or of both ends of a
   * ramp.
   */
  double min() default Double.NEGATIVE_INFINITY;

  /**
   * Largest value that is allowed, of a number, of every number in a list or of both ends of a
   * ramp.
   */
  double max() default Double.POSITIVE_INFINITY;
}
