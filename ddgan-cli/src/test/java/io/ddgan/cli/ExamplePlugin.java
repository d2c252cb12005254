package io.ddgan.cli;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Examples;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Hocon;
import io.ddgan.config.Key;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
      return new Examples() {
        @Override
        public DataShape shape() {
          return DataShape.point(2);
        }

        @Override
        public int size() {
          return 64;
        }

        @Override
        public void read(int index, float[] out, int offset) {
          out[offset] = index == 0 ? Float.NaN : index / 64f;
          out[offset + 1] = 1;
        }
      };
    }
  }

  /** Sixteen small coloured images. */
  record Pixels() implements Dataset {
    @Override
    public Examples open() {
      return new Examples() {
        @Override
        public DataShape shape() {
          return DataShape.image(3, 8, 8);
        }

        @Override
        public int size() {
          return 16;
        }

        @Override
        public void read(int index, float[] out, int offset) {
          for (int i = 0; i < 3 * 8 * 8; i++) {
            out[offset + i] = (float) Math.sin(index + i);
          }
        }
      };
    }
  }

  record Sum(@Key(value = "length of z", min = 1) int latentSize) implements Generator {
    @Override
    public SDVariable forward(ParameterScope parameters, SDVariable x, SDVariable t, SDVariable z) {
      return x.add(z.mean());
    }
  }

  record Mean() implements Discriminator {
    @Override
    public SDVariable forward(
        ParameterScope parameters, SDVariable x, SDVariable t, SDVariable noisy) {
      return x.sub(noisy).mean(1);
    }
  }

  record Sine() implements Discriminator {
    @Override
    public SDVariable forward(ParameterScope p, SDVariable x, SDVariable t, SDVariable noisy) {
      SDVariable weight = p.parameter("weight", (shape, random) -> new float[] {1}, 1);
      return p.sameDiff().math().sin(x.mul(weight)).sub(noisy).mean(1);
    }
  }

  record Wasserstein() implements AdversarialLoss {
    @Override
    public SDVariable discriminatorOnReal(SDVariable logits) {
      return logits.mean().neg();
    }

    @Override
    public SDVariable discriminatorOnFake(SDVariable logits) {
      return logits.mean();
    }

    @Override
    public SDVariable generator(SDVariable logits) {
      return logits.mean().neg();
    }
  }

  record Never() implements GradientPenalty {
    @Override
    public int every() {
      return 0;
    }

    @Override
    public SDVariable of(SDVariable gradient) {
      return gradient.mean();
    }
  }

  /** What {@link Preview} is told to show. */
  record Shown(@Key("the data set") Dataset data, @Key(value = "how many", min = 1) int count) {}

  /** Prints the first values of a data set's examples. */
  record Preview() implements Command {
    @Override
    public int run(List<String> arguments, CommandContext context) throws IOException {
      Shown shown = context.read(Shown.class, Hocon.overrides(arguments));
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
    super(API);
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
    components.tangentRule(
        "sin", (sd, op, tangents) -> tangents.get(0).orElseThrow().mul(sd.math().cos(op.arg())));
    components.add(ComponentKind.LOSS, "example-loss", "Wasserstein loss", Wasserstein.class);
    components.add(ComponentKind.PENALTY, "example-penalty", "No penalty", Never.class);
    components.command("example-preview", "Print a data set's first values", new Preview());
    components.command(
        "example-echo",
        "Print the arguments",
        (arguments, context) -> {
          arguments.forEach(context.out()::println);
          return 0;
        });
  }
}
