package io.ddgan.cli;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.Uninterruptibles;
import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Examples;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.SeparableLoss;
import io.ddgan.config.Key;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
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

/** Components to fill an experiment with, so small that their graphs are a single operation. */
public final class ExamplePlugin extends DdganPlugin {

  record Nothing(Optional<Path> folder) implements Dataset {
    @Override
    public Examples open() throws IOException {
      throw new IOException("there is no data");
    }
  }

  /** A few good points, and one that is not a number. */
  record Poison() implements Dataset {
    @Override
    public Examples open() {
      return new Computed(DataShape.point(2), 64, (k, i) -> k == 0 ? Float.NaN : (k + i) / 64f);
    }
  }

  /** Sixteen small coloured images. */
  record Pixels() implements Dataset {
    @Override
    public Examples open() {
      return new Computed(DataShape.image(3, 8, 8), 16, (k, i) -> (float) Math.sin(k + i));
    }
  }

  /** A value by the numbers of an example and of its place in it. */
  private interface Value {
    float at(int example, int place);
  }

  private record Computed(DataShape shape, int size, Value value) implements Examples {
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

  /** Starts nothing: a line of a file is all that becomes of a trial. */
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
   * Runs commands in this virtual machine as processes of their own would: what they print is
   * appended to their logs, and they end with an exit code. They cannot be asked to stop.
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

  /** What {@link Preview} is told to show. */
  record Shown(@Key("the data set") Dataset data, @Key(value = "how many", min = 1) int count) {}

  /** Prints the first values of a data set's examples. */
  record Preview() implements Command {
    @Override
    public int run(List<String> arguments, CommandContext context) throws IOException {
      Shown shown = context.read(Shown.class, arguments);
      try (Examples examples = shown.data().open()) {
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
  protected void components(Components components) {
    components.add(ComponentKind.DATA, "example-data", "No data", Nothing.class);
    components.add(ComponentKind.DATA, "example-poison", "Bad data", Poison.class);
    components.add(ComponentKind.DATA, "example-pixels", "Small images", Pixels.class);
    components.add(ComponentKind.GENERATOR, "example-sum", "Sum of x and z", Sum.class);
    components.add(ComponentKind.DISCRIMINATOR, "example-mean", "Mean difference", Mean.class);
    components.add(ComponentKind.DISCRIMINATOR, "example-sine", "Mean of the sine", Sine.class);
    components.addTangentRule(
        "sin",
        (op, tangents) ->
            tangents.get(0).orElseThrow().mul(op.sameDiff().math().cos(op.argument(0))));
    components.add(ComponentKind.LOSS, "example-loss", "Wasserstein loss", Wasserstein.class);
    components.add(ComponentKind.PENALTY, "example-penalty", "No penalty", Never.class);
    components.add(ComponentKind.LAUNCHER, "example-list", "A list", CommandList.class);
    components.add(ComponentKind.LAUNCHER, "example-here", "This process", Here.class);
    components.addCommand("example-preview", "Print a data set's first values", new Preview());
    components.addCommand(
        "example-echo",
        "Print the arguments",
        (arguments, context) -> {
          arguments.forEach(context.out()::println);
          return 0;
        });
  }
}
