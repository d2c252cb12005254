package io.ddgan.api;

/**
 * The training steps at which something runs: at step 0 and every n steps after it. Graphs are
 * compiled for the tasks that are due together, by least common multiples, so all of them run at
 * step 0.
 *
 * @param every number of steps between runs, at least 0; 0 means never
 */
public record StepInterval(int every) {

  /** Every step. */
  public static final StepInterval ALWAYS = new StepInterval(1);

  /** Returns whether a step, counted from 0, is due. */
  public boolean isDue(long step) {
    return every > 0 && step % every == 0;
  }
}
