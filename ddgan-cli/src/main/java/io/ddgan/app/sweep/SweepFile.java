package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.internal.config.Hocon;
import java.util.List;
import java.util.Optional;

/** The content of a sweep file. */
public record SweepFile(
    @Key("experiment to vary: a preset or a file") Optional<String> base,
    @Key("keys shared by all trials") ConfigObject overrides,
    @Key("variations, each with its trials") List<Block> blocks,
    @Key("combinations of values to exclude") List<ConfigObject> exclude,
    @Key("seeds to train every configuration with") List<Long> seeds,
    @Key("metrics, instead of those of the experiments") Optional<List<ConfigValue>> metrics,
    @Key("launcher of the trials") ProcessLauncher launcher) {

  /** The maximum number of values of a key, and of trials of a sweep. */
  static final int MOST = 10_000;

  private static final Config DEFAULTS =
      Hocon.text(
          "overrides {}, blocks = [{}], exclude = [], seeds = [0], launcher.type = local",
          "defaults of a sweep");

  /** Checks the keys together. */
  public SweepFile {
    if (seeds.isEmpty() || blocks.isEmpty()) {
      throw new RefusedException(
          "%s must not be empty; a sweep needs at least one seed and one block"
              .formatted(seeds.isEmpty() ? "seeds" : "blocks"));
    }
  }

  /** Adds the defaults to the keys of a file. */
  public static Config complete(Config file) {
    return Hocon.layer(file, DEFAULTS);
  }

  /**
   * A variation, with at most one of {@code grid}, {@code zip}, {@code list} and {@code random}. An
   * element of a list may have a {@code label}.
   */
  public record Block(
      @Key("experiment to vary, instead of the sweep's") Optional<String> base,
      @Key("keys shared by the trials of the block") Optional<ConfigObject> overrides,
      @Key("keys with lists of values; every combination is tried") Optional<ConfigObject> grid,
      @Key("keys with lists of equal length, varied together") Optional<ConfigObject> zip,
      @Key("explicit combinations of keys and values") Optional<List<ConfigObject>> list,
      @Key("keys with values or ranges to draw from") Optional<ConfigObject> random,
      @Key(value = "number of random draws", min = 1, max = MOST) Optional<Integer> count,
      @Key("seed of the random draws") Optional<Long> seed) {

    /** Checks the keys together. */
    public Block {
      long kinds = List.of(grid, zip, list, random).stream().filter(Optional::isPresent).count();
      if (kinds > 1) {
        throw new RefusedException(
            "a block can have only one of grid, zip, list and random; split it into several blocks");
      }
      if (random.isPresent() != count.isPresent() || (seed.isPresent() && random.isEmpty())) {
        throw new RefusedException(
            "random requires count, and count and seed require random, as in { random { ... }, count = 8, seed = 1 }");
      }
    }
  }
}
