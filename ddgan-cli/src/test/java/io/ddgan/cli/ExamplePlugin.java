package io.ddgan.cli;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.Uninterruptibles;
import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.SeparableLoss;
import io.ddgan.config.Key;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.nd4j.autodiff.samediff.SDVariable;

/** Components for tests, with graphs of a single operation. */
public final class ExamplePlugin extends DdganPlugin {

  record Nothing(Optional<Path> folder) implements Dataset {
    @Override
    public OpenDataset open() throws IOException {
      throw new IOException("there is no data");
    }
  }

  /** A few valid points, and one that is NaN. */
  record Poison() implements Dataset {
    @Override
    public OpenDataset open() {
      return new Computed(DataShape.point(2), 64, (k, i) -> k == 0 ? Float.NaN : (k + i) / 64f);
    }
  }

  /** Sixteen small coloured images. */
  record Pixels() implements Dataset {
    @Override
    public OpenDataset open() {
      return new Computed(DataShape.image(3, 8, 8), 16, (k, i) -> (float) Math.sin(k + i));
    }
  }

  /** Returns a value that depends on the example and the position. */
  private interface Value {
    float at(int example, int place);
  }

  private record Computed(DataShape shape, int size, Value value) implements OpenDataset {
    @Override
    public void read(int index, float[] out, int offset) {
      for (int i = 0; i < shape.size(); i++) {
        out[offset + i] = value.at(index, i);
      }
    }
  }

  record Sum(@Key(value = "length of z", min = 1) int latentSize) implements Generator {
    @Override
    public SDVariable forward(ParameterScope parameters, Inputs inputs) {
      return inputs.xtp1().add(inputs.latent().mean());
    }
  }

  record Mean() implements Discriminator {
    @Override
    public SDVariable forward(ParameterScope parameters, Inputs inputs) {
      return inputs.xt().sub(inputs.xtp1()).mean(1);
    }
  }

  record Sine() implements Discriminator {
    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable weight = p.parameter("weight", (shape, random) -> new float[] {1}, 1);
      SDVariable sine = p.sameDiff().math().sin(inputs.xt().mul(weight));
      return sine.sub(inputs.xtp1()).mean(1);
    }
  }

  record Wasserstein() implements SeparableLoss {
    @Override
    public SDVariable discriminatorOnReal(SDVariable logits) {
      return logits.neg();
    }

    @Override
    public SDVariable discriminatorOnFake(SDVariable logits) {
      return logits;
    }

    @Override
    public SDVariable generatorLoss(SDVariable logits) {
      return logits.neg();
    }
  }

  record Never() implements GradientPenalty {
    @Override
    public int every() {
      return 0;
    }

    @Override
    public SDVariable penalty(SDVariable gradient) {
      return gradient.mean();
    }
  }

  /** Starts nothing, but appends a line to a file for each trial. */
  record CommandList(@Key("file that takes the commands") Path file) implements ProcessLauncher {
    @Override
    public Handle launch(Request trial) throws IOException {
      String line =
          "%s %s in %s: %s%n"
              .formatted(
                  trial.resources().environment(),
                  trial.name(),
                  trial.folder(),
                  String.join(" ", trial.arguments()));
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new NoExitCode();
    }
  }

  /**
   * Runs commands in this virtual machine like separate processes, with logs and exit codes. They
   * cannot be stopped.
   */
  record Here() implements ProcessLauncher {
    @Override
    public Handle launch(Request trial) {
      FutureTask<Integer> command = new FutureTask<>(() -> run(trial));
      Thread thread = new Thread(command, trial.name());
      thread.start();
      return new RunHere(thread, command);
    }

    private static int run(Request trial) throws IOException {
      try (PrintWriter log =
          new PrintWriter(
              Files.newBufferedWriter(
                  trial.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              true)) {
        return Main.run(log, log, trial.arguments().toArray(String[]::new));
      }
    }
  }

  private record RunHere(Thread thread, Future<Integer> command) implements ProcessLauncher.Handle {
    @Override
    public boolean isActive() {
      return thread.isAlive();
    }

    @Override
    public OptionalInt exitCode() throws IOException {
      return OptionalInt.of(Futures.getChecked(command, IOException.class));
    }

    @Override
    public void stop() {}

    @Override
    public void close() {
      Uninterruptibles.joinUninterruptibly(thread); // which otherwise writes into deleted folders
    }
  }

  private record NoExitCode() implements ProcessLauncher.Handle {
    @Override
    public boolean isActive() {
      return false;
    }

    @Override
    public OptionalInt exitCode() {
      return OptionalInt.empty();
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
  }

  /** The configuration of {@link Preview}. */
  record Shown(@Key("the data set") Dataset data, @Key(value = "how many", min = 1) int count) {}

  /** Prints the first values of a data set's examples. */
  record Preview() implements Command {
    @Override
    public int run(List<String> arguments, CommandContext context) throws IOException {
      Shown shown = context.read(Shown.class, arguments);
      try (OpenDataset examples = shown.data().open()) {
        context.err().println("kept in " + context.cache());
        float[] values = new float[examples.shape().size()];
        for (int i = 0; i < shown.count(); i++) {
          examples.read(i, values, 0);
          context.out().println(values[0]);
        }
        return examples.size() > shown.count() ? 3 : 0;
      }
    }

    @Override
    public List<String> help() {
      return List.of("data.type=TYPE  the data set", "count=N         how many, 100 % at most");
    }
  }

  public ExamplePlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "example";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(ComponentKind.DATA, "example-data", "No data", Nothing.class);
    contributions.add(ComponentKind.DATA, "example-poison", "Bad data", Poison.class);
    contributions.add(ComponentKind.DATA, "example-pixels", "Small images", Pixels.class);
    contributions.add(ComponentKind.GENERATOR, "example-sum", "Sum of x and z", Sum.class);
    contributions.add(ComponentKind.DISCRIMINATOR, "example-mean", "Mean difference", Mean.class);
    contributions.add(ComponentKind.DISCRIMINATOR, "example-sine", "Mean of the sine", Sine.class);
    contributions.addTangentRule(
        "sin",
        (op, tangents) ->
            tangents.get(0).orElseThrow().mul(op.sameDiff().math().cos(op.argument(0))));
    contributions.add(ComponentKind.LOSS, "example-loss", "Wasserstein loss", Wasserstein.class);
    contributions.add(ComponentKind.PENALTY, "example-penalty", "No penalty", Never.class);
    contributions.add(ComponentKind.LAUNCHER, "example-list", "A list", CommandList.class);
    contributions.add(ComponentKind.LAUNCHER, "example-here", "This process", Here.class);
    contributions.addCommand("example-preview", "Print a data set's first values", new Preview());
    contributions.addCommand(
        "example-echo",
        "Print the arguments",
        (arguments, context) -> {
          arguments.forEach(context.out()::println);
          return 0;
        });
  }
}
