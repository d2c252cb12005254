package io.ddgan.eval;

import io.ddgan.api.Metric;
import io.ddgan.api.WorkListener;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.train.data.Readers;
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
 * @param listener follows the work
 * @param stop asked now and then; true ends the work early
 */
public record EvaluationContext(
    Path cache,
    Readers readers,
    Function<Metric, String> text,
    Machine machine,
    WorkListener listener,
    BooleanSupplier stop) {}
