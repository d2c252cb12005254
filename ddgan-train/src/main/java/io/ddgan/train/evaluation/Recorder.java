package io.ddgan.train.evaluation;

import io.ddgan.train.evaluation.records.EvaluationFiles;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes down what metrics give, one metric after the other, as soon as it is known.
 *
 * @param files where numbers are kept, if anywhere
 * @param found is given all numbers
 */
public record Recorder(Optional<EvaluationFiles> files, Consumer<EvaluationRecord> found) {

  /**
   * Hands on what a metric has given before, as far as it is in the files.
   *
   * @param alike what it may give, with any values
   * @return whether anything is there
   * @throws IOException if a file cannot be read
   */
  boolean handOnKnown(List<EvaluationRecord> alike) throws IOException {
    List<EvaluationRecord> known = new ArrayList<>();
    if (files.isPresent()) {
      for (EvaluationRecord each : alike) {
        files.get().find(each).ifPresent(known::add);
      }
    }
    known.forEach(found);
    return !known.isEmpty();
  }

  /**
   * Takes down what a metric has given.
   *
   * @throws IOException if it cannot be kept
   */
  void add(List<EvaluationRecord> measured) throws IOException {
    measured.forEach(found);
    if (files.filter(EvaluationFiles::canAdd).isPresent()) {
      files.get().add(measured);
    }
  }
}
