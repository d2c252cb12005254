package io.ddgan.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a configuration key, which is a component of a configuration record. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

  /** Meaning of the key, in one phrase with its unit. */
  String value();

  /** Smallest number allowed, also for each number of a list and both ends of a ramp. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest number allowed, likewise. */
  double max() default Double.POSITIVE_INFINITY;
}
