package io.ddgan.api;

/** Hears of work that takes long, in the work's own thread. */
@FunctionalInterface
public interface WorkListener {

  /**
   * Some of the work is done.
   *
   * @param what what is being worked through, such as {@code generated examples}
   * @param done how many of them are done, those of an earlier process included
   * @param total how many there are
   */
  void advanced(String what, int done, int total);

  /**
   * Something begins that people should know of.
   *
   * @param sentence what it is, and where its result is kept; without a full stop
   */
  default void announced(String sentence) {}
}
