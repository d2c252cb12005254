package io.ddgan.train.evaluation;

import io.ddgan.api.Metric;
import io.ddgan.api.WorkListener;
import io.ddgan.internal.file.Writable;
import io.ddgan.train.data.Readers;
import io.ddgan.train.evaluation.records.EvaluationRecord.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What evaluations work with.
 *
 * @param cache folder that outlives the process, made where needed
 * @param readers read and decode examples
 * @param text writes a metric on one line: its type and its keys, without its number of samples
 * @param machine what computes
 * @param resume whether numbers that are recorded, and what an earlier, unfinished evaluation of
 *     the same examples has extracted, are used
 * @param listener follows the work
 * @param stop asked now and then; true ends the work early
 */
public record EvaluationContext(
    Path cache,
    Readers readers,
    Function<Metric, String> text,
    Machine machine,
    boolean resume,
    WorkListener listener,
    BooleanSupplier stop) {

  /**
   * Checks that a cache could be written, which all evaluations do.
   *
   * @throws IOException if it could not, as it belongs to somebody else; the message says what to
   *     do
   */
  public static void requireCache(Path cache) throws IOException {
    Writable.requireWithin(cache, "name another cache with --cache");
  }
}
