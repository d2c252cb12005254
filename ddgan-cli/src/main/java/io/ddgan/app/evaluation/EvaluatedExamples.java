package io.ddgan.app.evaluation;

import io.ddgan.api.Examples;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.GivenExamples;
import io.ddgan.train.evaluation.Recorder;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures examples that are there already.
 *
 * @param target a folder of pictures, or an array
 * @param seed seed of what metrics draw
 */
public record EvaluatedExamples(Path target, References references, long seed) {

  /**
   * Measures.
   *
   * @param reference what is compared with
   * @param saved where to write its statistics, if anywhere
   * @param found is given all numbers
   * @return whether all was measured, or the work was to be stopped before
   */
  public boolean measure(
      EvaluationSettings settings,
      Reference reference,
      EvaluationContext context,
      Optional<Path> saved,
      Consumer<EvaluationRecord> found)
      throws IOException {
    try (Reference given = given(reference);
        EvaluationSession measuring =
            EvaluationSession.begin(
                settings,
                reference,
                context,
                saved,
                new Recorder(Optional.empty(), found),
                false)) {
      return measuring.measure(
          new Subject(Optional.empty(), target.toString(), "", Optional.empty(), seed),
          new GivenExamples(given.examples().orElseThrow(), context.readers()),
          Optional.empty());
    }
  }

  private Reference given(Reference reference) throws IOException {
    if (!Files.exists(target)
        || !(Files.isDirectory(target) || target.toString().endsWith(".npz"))) {
      throw new IOException(
          "%s is neither a run, nor a folder of pictures, nor an .npz file".formatted(target));
    }
    Reference given;
    try {
      given =
          references.open(
              target.toAbsolutePath().toString(),
              List.of(),
              reference.examples().map(Examples::shape));
    } catch (IOException e) {
      throw new IOException(
          "%s is not a run, as it has no experiment.conf, and holds no other examples: %s"
              .formatted(target, e.getMessage()),
          e);
    }
    if (given.examples().isEmpty()) {
      throw new IOException(
          "%s holds statistics, not examples; name it with --reference".formatted(target));
    }
    return given;
  }
}
