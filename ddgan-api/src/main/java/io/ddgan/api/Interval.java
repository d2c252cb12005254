package io.ddgan.api;

/**
 * The steps of training that something is done in: every so many, from step 0 on, in which all of
 * it is done. Plans are made for what is due together, by least common multiples, which relies on
 * that.
 *
 * @param every steps from one time to the next, at least 0; 0 means never
 */
public record Interval(int every) {

  /** Every step. */
  public static final Interval ALWAYS = new Interval(1);

  /** Returns whether a step, counted from 0, is due. */
  public boolean isDue(long step) {
    return every > 0 && step % every == 0;
  }
}
