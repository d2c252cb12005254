package io.ddgan.train.evaluation;

import io.ddgan.api.WorkListener;
import io.ddgan.train.data.Readers;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * What evaluations work with.
 *
 * @param cache folder that outlives the process, made where needed
 * @param readers read and decode examples
 * @param listener follows the work
 * @param stop asked now and then; true ends the work early
 */
public record EvaluationContext(
    Path cache, Readers readers, WorkListener listener, BooleanSupplier stop) {}
