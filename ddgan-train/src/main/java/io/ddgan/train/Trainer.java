package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.GradientExchange;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.data.Prefetcher;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Coding;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.StepDraw;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.Synthesis;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Trains in a run's folder, from its latest checkpoint or from the beginning, and leaves everything
 * there that a later process needs to go on.
 */
public final class Trainer {

  private static final double SECOND = 1e9;
  private static final String SPEED = "examples-per-second";

  private final Setup setup;
  private final TrainingSettings settings;
  private final RunFolder folder;
  private final Readers readers;
  private final PeriodicEvaluation evaluation;
  private final List<TrainingListener> listeners;
  private final String experiment;
  private final GradientExchange exchange;
  private boolean isAskedToStop;

  /**
   * A trainer for a run whose folder this process has locked.
   *
   * @param readers read the examples; closed after the training
   * @param evaluation measures what is trained
   * @param listeners hear of the training, before those that the experiment names; closed after it
   * @param experiment what is trained, as text
   * @param exchange the processes that train the run together, of which this one has rank 0
   */
  public Trainer(
      Setup setup,
      RunFolder folder,
      Readers readers,
      PeriodicEvaluation evaluation,
      List<TrainingListener> listeners,
      String experiment,
      GradientExchange exchange) {
    this.setup = setup;
    this.settings = setup.experiment().training();
    this.folder = folder;
    this.readers = readers;
    this.evaluation = evaluation;
    this.listeners = List.copyOf(listeners);
    this.experiment = experiment;
    this.exchange = exchange;
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @param data the opened data set
   * @param stop asked after every step; true ends the training after a checkpoint
   * @return the number of steps that the run has done in all
   * @throws IOException if the data or the run cannot be read or written, or the run's folder is
   *     removed meanwhile
   * @throws io.ddgan.train.phase.NotFiniteException if a loss or gradient is not finite
   */
  public long train(Examples data, BooleanSupplier stop) throws IOException, InterruptedException {
    try (Audience audience =
        Audience.of(listeners, setup.experiment().listeners(), folder.root())) {
      long done;
      boolean isFinished;
      try {
        done = train(data, () -> stop.getAsBoolean() || isAskedToStop, audience);
        exchange.next(false);
        isFinished = isFinished(done);
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        audience.failed(e);
        throw e;
      }
      audience.ended(done, isFinished);
      return done;
    }
  }

  private boolean isFinished(long done) throws IOException {
    return done >= settings.iterations() && evaluation.isDone(settings.iterations());
  }

  private long train(Examples data, BooleanSupplier stop, Audience listener)
      throws IOException, InterruptedException {
    RandomStreams random = new RandomStreams(setup.experiment().seed());
    ModelDefinition model = setup.model(data.shape(), Setup.classes(data));
    Coding coding = setup.coding(data.shape());
    CheckpointStore store = new CheckpointStore(folder.checkpoints(), settings.checkpointsKept());
    store.tidy();
    OptionalLong latest = exchange.begin(experiment, store.latest());
    Optional<Checkpoint> checkpoint =
        latest.isPresent() ? Optional.of(store.load(latest.getAsLong())) : Optional.empty();
    checkpoint.ifPresent(saved -> requireSame(saved, data));
    long first = checkpoint.map(Checkpoint::step).orElse(0L);
    if (checkpoint.isPresent() && isFinished(first)) {
      return first;
    }
    try (TrainingState state = TrainingState.initial(setup, model, data.shape());
        TrainingStep step = new TrainingStep(model, settings, state, exchange);
        Synthesis synthesis =
            new Synthesis(
                model, coding, setup.path(), state.average(), Optional.of(step.workspace()))) {
      checkpoint.ifPresent(saved -> state.restore(saved, TrainingState.CHECKPOINT));
      Measurements measurements =
          checkpoint.map(Measurements::restore).orElseGet(Measurements::new);
      Optional<PeriodicEvaluation.Prepared> prepared =
          evaluation.prepare(data, synthesis, listener.ofEvaluations(), stop);
      if (prepared.isEmpty()) {
        return first;
      }
      try (PeriodicEvaluation.Prepared measuring = prepared.get();
          Prefetcher<StepDraw> prefetcher = PreparedSteps.start(setup, data, readers, step, first);
          MetricsCsv metrics = MetricsCsv.resume(folder.metrics(), columns(step), first)) {
        Loop loop =
            new Loop(
                settings,
                folder,
                () -> isAskedToStop |= !exchange.next(true),
                listener,
                data,
                state,
                step,
                synthesis,
                measuring,
                prefetcher,
                metrics,
                measurements,
                store,
                random);
        return loop.run(first, stop);
      }
    }
  }

  private static List<String> columns(TrainingStep step) {
    List<String> columns = new ArrayList<>(step.columns());
    columns.add(SPEED);
    Set<String> names = new HashSet<>(Set.of(MetricsCsv.STEPS_DONE));
    for (String column : columns) {
      if (!names.add(column)) {
        throw new RefusedException(
            "the objective reports a column named %s, which the metrics have already; give it another name"
                .formatted(column));
      }
    }
    return columns;
  }

  /** Networks may fit data of several shapes, but what they have learnt does not. */
  private void requireSame(Checkpoint checkpoint, Examples data) {
    DataShape trained = TrainingState.shape(checkpoint);
    if (!trained.equals(data.shape())) {
      throw new RefusedException(
          "the run %s was trained on data of the shape %s, but the data set has the shape %s; resume it with data of its own shape"
              .formatted(folder.root(), trained, data.shape()));
    }
  }

  /**
   * The state of one call of {@link #train}.
   *
   * @param agreement lets the other processes do another step
   */
  private record Loop(
      TrainingSettings settings,
      RunFolder folder,
      Runnable agreement,
      TrainingListener listener,
      Examples data,
      TrainingState state,
      TrainingStep step,
      Synthesis synthesis,
      PeriodicEvaluation.Prepared evaluation,
      Prefetcher<StepDraw> prefetcher,
      MetricsCsv metrics,
      Measurements measurements,
      CheckpointStore store,
      RandomStreams random) {

    long run(long first, BooleanSupplier stop) throws IOException, InterruptedException {
      long total = settings.iterations();
      Pictures pictures = Pictures.of(data);
      listener.begun(first, total);
      long rowBegan = System.nanoTime();
      long rowFirst = first;
      if (first > 0 && isPictured(first) && !Files.exists(pictureFile(first))) {
        picture(first, pictures, stop);
      }
      for (long i = first; ; i++) {
        if (evaluation.isDue(i, total)) {
          long before = System.nanoTime();
          if (!evaluate(i)) {
            return i;
          }
          rowBegan += System.nanoTime() - before;
        }
        if (i >= total) {
          if (total == 0) { // no step has saved anything
            finishWithoutSteps(pictures, stop);
          }
          return i;
        }
        agreement.run();
        Map<String, Double> values = step.run(i, prefetcher.next());
        folder.requireStillThere();
        long done = i + 1;
        measurements.add(values);
        listener.stepped(i, values);
        if (done % settings.logEvery() == 0 || done == total) {
          long now = System.nanoTime();
          Map<String, Double> row = measurements.take();
          row.put(SPEED, (done - rowFirst) * settings.batch() * SECOND / (now - rowBegan));
          metrics.append(done, row);
          listener.logged(done, row);
          rowBegan = now;
          rowFirst = done;
        }
        boolean last = done == total;
        if (isPictured(done)) {
          picture(done, pictures, stop);
        }
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

    private void finishWithoutSteps(Pictures pictures, BooleanSupplier stop) throws IOException {
      if (isPictured(0)) {
        picture(0, pictures, stop);
      }
      save(checkpoint(0));
    }

    /**
     * Measures the averaged generator; whatever happens meanwhile, the steps before are saved.
     *
     * @return whether it was done before the training was to be stopped
     */
    private boolean evaluate(long done) throws IOException {
      Checkpoint checkpoint = checkpoint(done);
      save(checkpoint);
      Optional<Map<String, Double>> measured =
          evaluation.run(
              done,
              isBest -> {
                folder.requireStillThere();
                if (isBest) {
                  CheckpointStore best = new CheckpointStore(folder.best());
                  best.removeAfter(done);
                  best.save(checkpoint);
                }
              });
      folder.requireStillThere();
      measured.ifPresent(values -> listener.evaluated(done, values));
      return measured.isPresent();
    }

    /** A folder that is gone would be made again, with nothing but this in it. */
    private void save(Checkpoint checkpoint) throws IOException {
      folder.requireStillThere();
      listener.saved(checkpoint.step(), store.save(checkpoint));
    }

    private Checkpoint checkpoint(long done) {
      var parts = new TreeMap<>(state.save());
      parts.put(Checkpoint.MEASUREMENTS, measurements.save());
      return new Checkpoint(done, parts);
    }

    private boolean isPictured(long done) {
      return settings.sampleEvery() > 0
          && (done % settings.sampleEvery() == 0 || done == settings.iterations())
          && Pictures.canShow(data.shape());
    }

    private Path pictureFile(long done) {
      return folder.samples().resolve("%08d.png".formatted(done));
    }

    /**
     * Draws samples, unless the training is to be stopped, which then draws them when it goes on.
     */
    private void picture(long done, Pictures pictures, BooleanSupplier stop) throws IOException {
      float[] samples;
      try {
        samples =
            synthesis.sample(
                random,
                0,
                settings.sampleCount(),
                Optional.empty(),
                (what, evaluations, all) -> {
                  listener.picturing(evaluations, all);
                  if (stop.getAsBoolean()) {
                    throw new CancellationException("the training is to be stopped");
                  }
                });
      } catch (CancellationException e) {
        return;
      }
      folder.requireStillThere();
      Files.createDirectories(folder.samples());
      pictures.write(samples, pictureFile(done));
      listener.pictured(done, pictureFile(done));
    }
  }
}
