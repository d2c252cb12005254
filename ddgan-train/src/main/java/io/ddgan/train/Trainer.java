package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProcessGroup;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.Prefetcher;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.phase.StepDraws;
import io.ddgan.train.picture.SampleRenderer;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.SamplingLoop;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Trains a run from its latest checkpoint, or from the beginning, and keeps its folder up to date.
 * A later process can resume from there.
 *
 * @param folder the run's folder, locked by this process
 * @param readers threads that read the examples; closed after the training
 * @param listeners notified before those of the experiment; closed after the training
 * @param experiment the configuration as text
 * @param exchange the processes that train the run together; this one has rank 0
 */
public record Trainer(
    Setup setup,
    RunFolder folder,
    Readers readers,
    PeriodicEvaluation evaluation,
    List<TrainingListener> listeners,
    String experiment,
    ProcessGroup exchange) {

  private static final double SECOND = 1e9;

  /** Steps to prepare ahead. */
  private static final int AHEAD = 3;

  public Trainer {
    listeners = List.copyOf(listeners);
  }

  /**
   * Trains to the end, or until {@code stop} returns true.
   *
   * @param stop polled after every step; true saves a checkpoint and ends the training
   */
  public long train(OpenDataset data, BooleanSupplier stop)
      throws IOException, InterruptedException {
    try (CompositeTrainingListener notifier =
        CompositeTrainingListener.of(listeners, setup.experiment().listeners(), folder.root())) {
      long done;
      boolean isFinished;
      try {
        done = train(data, stop, notifier);
        exchange.agreeToContinue(false);
        isFinished = isFinished(done);
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        notifier.failed(e);
        throw e;
      }
      notifier.notifyEach(listener -> listener.onTrainEnd(done, isFinished));
      return done;
    }
  }

  private boolean isFinished(long done) throws IOException {
    return done >= settings().steps() && evaluation.isDone(settings().steps());
  }

  private TrainingSettings settings() {
    return setup.experiment().training();
  }

  private long train(
      OpenDataset data, BooleanSupplier stopRequested, CompositeTrainingListener notifier)
      throws IOException, InterruptedException {
    TrainingSettings settings = settings();
    AtomicBoolean isPeerStopping = new AtomicBoolean();
    RandomStreams random = new RandomStreams(setup.experiment().seed());
    BooleanSupplier stop = () -> stopRequested.getAsBoolean() || isPeerStopping.get();
    ModelDefinition model = setup.model(data.shape(), Setup.classes(data));
    DataCodec coding = setup.codec(data.shape());
    CheckpointStore store = new CheckpointStore(folder.checkpoints(), settings.keepCheckpoints());
    store.tidy();
    OptionalLong latest = exchange.agreeOnFirstStep(experiment, store.latest());
    Optional<Checkpoint> checkpoint =
        latest.isPresent() ? Optional.of(store.load(latest.getAsLong())) : Optional.empty();
    checkpoint.ifPresent(saved -> requireSame(saved, data));
    long first = checkpoint.map(Checkpoint::step).orElse(0L);
    if (checkpoint.isPresent() && isFinished(first)) {
      return first;
    }
    try (TrainingState state = TrainingState.initial(setup, model, data.shape());
        TrainingStep step = new TrainingStep(model, settings, state, exchange);
        SamplingLoop synthesis =
            new SamplingLoop(model, coding, setup.samplerSteps(), state.ema(), step.workspace())) {
      checkpoint.ifPresent(saved -> state.restore(saved, TrainingState.CHECKPOINT));
      MetricMeans measurements = checkpoint.map(MetricMeans::restore).orElseGet(MetricMeans::new);
      Optional<PeriodicEvaluation.Prepared> prepared =
          evaluation.prepare(data, synthesis, notifier.ofEvaluations(), stop);
      if (prepared.isEmpty()) {
        return first;
      }
      try (PeriodicEvaluation.Prepared measuring = prepared.get();
          Prefetcher<Map<String, PhaseDraw>> prefetcher =
              prepare(setup, data, readers, step, first);
          MetricsCsv metrics = MetricsCsv.resume(folder.metrics(), columns(step), first)) {
        SampleGrids grids =
            new SampleGrids(
                settings, folder, random, synthesis, SampleRenderer.of(data), notifier, stop);
        Loop loop =
            new Loop(
                this,
                notifier,
                stop,
                state,
                step,
                measuring,
                prefetcher,
                metrics,
                measurements,
                store,
                grids);
        return loop.run(first, isPeerStopping);
      }
    }
  }

  /**
   * Starts to draw the inputs of the coming steps.
   *
   * @param readers threads that read the examples; closed after the prefetcher
   */
  static Prefetcher<Map<String, PhaseDraw>> prepare(
      Setup setup, OpenDataset data, Readers readers, TrainingStep step, long first) {
    RandomStreams random = new RandomStreams(setup.experiment().seed());
    TrainingSettings settings = setup.experiment().training();
    DataCodec coding = setup.codec(data.shape());
    Batches batches = new Batches(data, readers, random, settings.batchSize(), coding::encode);
    StepDraws draws = new StepDraws(batches, random, step.phases(), settings.steps());
    return Prefetcher.start(readers, first, AHEAD, draws::draw);
  }

  private static List<String> columns(TrainingStep step) {
    List<String> columns = new ArrayList<>(step.columns());
    columns.add(MetricsCsv.SPEED);
    columns.add(MetricsCsv.SECONDS);
    return columns;
  }

  /** Checks the shape of the data. Networks may accept several shapes, but were trained on one. */
  private void requireSame(Checkpoint checkpoint, OpenDataset data) {
    DataShape trained = TrainingState.shape(checkpoint);
    if (!trained.equals(data.shape())) {
      throw new RefusedException(
          "the run %s was trained on data of the shape %s, but the data set has the shape %s; resume it with the data it was trained on"
              .formatted(folder.root(), trained, data.shape()));
    }
  }

  /** The state of one call of {@link #train}. */
  private record Loop(
      Trainer trainer,
      CompositeTrainingListener notifier,
      BooleanSupplier stop,
      TrainingState state,
      TrainingStep step,
      PeriodicEvaluation.Prepared evaluation,
      Prefetcher<Map<String, PhaseDraw>> prefetcher,
      MetricsCsv metrics,
      MetricMeans measurements,
      CheckpointStore store,
      SampleGrids grids) {

    long run(long first, AtomicBoolean isPeerStopping) throws IOException, InterruptedException {
      TrainingSettings settings = trainer.settings();
      long total = settings.steps();
      notifier.notifyEach(listener -> listener.onTrainStart(first, total));
      long rowBegan = System.nanoTime();
      long rowFirst = first;
      double seconds = metrics.seconds();
      grids.resume(first);
      for (long i = first; ; i++) {
        if (evaluation.isDue(i, total)) {
          long before = System.nanoTime();
          if (!evaluate(i)) {
            return i;
          }
          rowBegan += System.nanoTime() - before;
        }
        if (i >= total) {
          if (total == 0) { // without steps nothing was saved yet
            grids.draw(0);
            save(checkpoint(0));
          }
          return i;
        }
        if (!trainer.exchange.agreeToContinue(true)) {
          isPeerStopping.set(true);
        }
        Map<String, Double> values = step.run(i, prefetcher.next());
        trainer.folder.requireStillThere();
        long done = i + 1;
        boolean last = done == total;
        measurements.add(values);
        long number = i;
        notifier.notifyEach(listener -> listener.onStepEnd(number, values));
        if (done % settings.logEvery() == 0 || last) {
          long now = System.nanoTime();
          Map<String, Double> row = measurements.take();
          row.put(
              MetricsCsv.SPEED,
              (done - rowFirst) * settings.batchSize() * SECOND / (now - rowBegan));
          seconds += (now - rowBegan) / SECOND;
          row.put(MetricsCsv.SECONDS, seconds);
          metrics.append(done, row);
          notifier.notifyEach(listener -> listener.onLog(done, row));
          rowBegan = now;
          rowFirst = done;
        }
        grids.draw(done);
        boolean stopping = !last && stop.getAsBoolean();
        boolean isEvaluatedNext = evaluation.isDue(done, total) && !stopping;
        if ((done % settings.checkpointEvery() == 0 || last || stopping) && !isEvaluatedNext) {
          save(checkpoint(done));
        }
        if (stopping) {
          return done;
        }
      }
    }

    /**
     * Evaluates the EMA generator, after a checkpoint.
     *
     * @return false if stopped early
     */
    private boolean evaluate(long done) throws IOException {
      Checkpoint checkpoint = checkpoint(done);
      save(checkpoint);
      Optional<Map<String, Double>> measured =
          evaluation.run(
              done,
              isBest -> {
                trainer.folder.requireStillThere();
                if (isBest) {
                  CheckpointStore best = new CheckpointStore(trainer.folder.best());
                  best.removeAfter(done);
                  best.save(checkpoint);
                }
              });
      trainer.folder.requireStillThere();
      measured.ifPresent(
          values -> notifier.notifyEach(listener -> listener.onEvaluation(done, values)));
      return measured.isPresent();
    }

    /** Fails if the run's folder was removed, instead of creating it again. */
    private void save(Checkpoint checkpoint) throws IOException {
      trainer.folder.requireStillThere();
      Path saved = store.save(checkpoint);
      notifier.notifyEach(listener -> listener.onCheckpoint(checkpoint.step(), saved));
    }

    private Checkpoint checkpoint(long done) {
      var parts = new TreeMap<>(state.save());
      parts.put(Checkpoint.MEASUREMENTS, measurements.save());
      return new Checkpoint(done, parts);
    }
  }
}
