package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.WorkListener;
import io.ddgan.eval.Evaluator.Recorder;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.PeriodicEvaluation;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.DrawnExamples;
import io.ddgan.train.sampling.Synthesis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOConsumer;

/**
 * Measures a run while it is trained, as its configuration says.
 *
 * @param text how components are written with what is measured
 * @param cache folder that outlives the process, for what evaluations take long to learn
 * @param machine what computes, as it is written with what is measured
 */
public record TrainingEvaluation(
    RunFolder folder,
    Experiment experiment,
    ComponentText text,
    Readers readers,
    Path cache,
    Machine machine)
    implements PeriodicEvaluation {

  @Override
  public boolean isDone(long step) throws IOException {
    return new OwnMeasurements(folder, experiment, text).isDone(step);
  }

  @Override
  public Optional<Prepared> prepare(
      Examples data, Synthesis synthesis, WorkListener listener, BooleanSupplier stop)
      throws IOException {
    DrawnExamples samples = new DrawnExamples(synthesis, new RandomStreams(experiment.seed()));
    List<EvaluationRecord> found = new ArrayList<>();
    Evaluator evaluator =
        new Evaluator(
            experiment.evaluation(),
            Reference.of(text.type(experiment.data()), data),
            /* withFloor= */ false,
            Optional.empty(),
            new Recorder(Optional.empty(), /* resume= */ false, found::add),
            new EvaluationContext(cache, readers, text::metric, machine, listener, stop));
    if (!experiment.evaluation().metrics().isEmpty()) {
      EvaluationCheck.require(experiment.evaluation(), data, () -> samples.asked().isPresent());
      if (!evaluator.prepare(samples)) {
        return Optional.empty();
      }
    }
    OwnMeasurements own = new OwnMeasurements(folder, experiment, text);
    int every = experiment.evaluation().every();
    return Optional.of(new Periodic(every, own, samples, evaluator, found));
  }

  private record Periodic(
      int every,
      OwnMeasurements own,
      DrawnExamples samples,
      Evaluator evaluator,
      List<EvaluationRecord> found)
      implements Prepared {

    @Override
    public boolean isDue(long done, long total) throws IOException {
      return (done == total || (every > 0 && done > 0 && done % every == 0)) && !own.isDone(done);
    }

    @Override
    public Optional<Map<String, Double>> run(long step, IOConsumer<Boolean> beforeRecording)
        throws IOException {
      found.clear();
      if (!evaluator.evaluate(own.subject(step, samples.batch()), samples)) {
        return Optional.empty();
      }
      Map<String, Double> values = new LinkedHashMap<>();
      found.forEach(each -> values.put(each.measure().name(), each.value()));
      beforeRecording.accept(own.isBest(step, values));
      own.add(found);
      return Optional.of(values);
    }

    @Override
    public void close() throws IOException {
      evaluator.close();
    }
  }
}
