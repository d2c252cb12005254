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

/** What a sweep's file says; the trials of its blocks follow each other. */
public record SweepFile(
    @Key("the experiment that is varied: a preset or a file") Optional<String> base,
    @Key("keys that all trials share") ConfigObject overrides,
    @Key("what is varied") List<Block> blocks,
    @Key("combinations of values that are left out") List<ConfigObject> exclude,
    @Key("seeds that every configuration is trained with") List<Long> seeds,
    @Key("what is measured, in place of the experiments' own metrics")
        Optional<List<ConfigValue>> metrics,
    @Key("where the trials run") ProcessLauncher launcher) {

  /** The most values of a key, and the most trials of a sweep. */
  static final int MOST = 10_000;

  private static final Config DEFAULTS =
      Hocon.text(
          "overrides {}, blocks = [{}], exclude = [], seeds = [0], launcher.type = local",
          "defaults of a sweep");

  /** Checks what the single keys cannot say. */
  public SweepFile {
    if (seeds.isEmpty() || blocks.isEmpty()) {
      throw new RefusedException(
          "%s is an empty list; a sweep needs at least one seed and one block"
              .formatted(seeds.isEmpty() ? "seeds" : "blocks"));
    }
  }

  /** The keys that a file gives, and those that it may leave out. */
  public static Config complete(Config file) {
    return Hocon.layer(file, DEFAULTS);
  }

  /**
   * A part of a sweep: at most one of {@code grid}, {@code zip}, {@code list} and {@code random}.
   * An element of a list may have a {@code label}, a name for people.
   */
  public record Block(
      @Key("the experiment that is varied, in place of the sweep's") Optional<String> base,
      @Key("keys that the block's trials share") Optional<ConfigObject> overrides,
      @Key("keys with values, of which every combination is tried") Optional<ConfigObject> grid,
      @Key("keys with equally many values, which go together") Optional<ConfigObject> zip,
      @Key("combinations of keys and values") Optional<List<ConfigObject>> list,
      @Key("keys with values to draw from") Optional<ConfigObject> random,
      @Key(value = "number of random draws", min = 1, max = MOST) Optional<Integer> count,
      @Key("seed of the random draws") Optional<Long> seed) {

    /** Checks what the single keys cannot say. */
    public Block {
      long kinds = List.of(grid, zip, list, random).stream().filter(Optional::isPresent).count();
      if (kinds > 1) {
        throw new RefusedException(
            "a block can have only one of grid, zip, list and random; put each in its own block");
      }
      if (random.isPresent() != count.isPresent() || (seed.isPresent() && random.isEmpty())) {
        throw new RefusedException(
            "%s, as in { random { ... }, count = 8, seed = 1 }"
                .formatted(
                    random.isPresent() ? "random needs count" : "count and seed need random"));
      }
    }
  }
}
