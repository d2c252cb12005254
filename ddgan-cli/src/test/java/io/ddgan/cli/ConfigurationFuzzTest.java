package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.api.Amount;
import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.app.experiment.Setups;
import io.ddgan.app.sweep.SweepFile;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.ConfigKey;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.ComponentType;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every key of every component is given values of all kinds. Whatever is written is either an
 * experiment that can be put together and written down, or refused with file, line and key; nothing
 * else may happen.
 */
@Tag("slow")
class ConfigurationFuzzTest {

  private static final String FILE = "fuzz.conf";
  private static final String NOWHERE = "nowhere";

  /** What a component must be told besides the key that is tried. */
  private static final String EXPERIMENT =
      """
      data { type = gaussians-25, points-per-mode = 4 }
      schedule { type = vp, steps = 2 }
      generator { type = mlp, width = 4 }
      discriminator { type = mlp, width = 4 }
      loss = non-saturating
      penalty = r1
      executor = nd4j
      training.batch = 4
      """;

  /** Where an experiment, or a sweep, has the components of a kind. */
  private static final Map<ComponentKind, String> PLACES =
      Map.of(
          ComponentKind.OPTIMISER, "training.optimiser",
          ComponentKind.FEATURES, "evaluation.features",
          ComponentKind.METRIC, "evaluation.metrics",
          ComponentKind.LISTENER, "listeners");

  /**
   * What no message to a user has in it: names of exceptions, objects without text, line breaks.
   */
  private static final String TECHNICAL =
      "(?s).*([a-z]\\.[A-Za-z]+(Exception|Error)\\b|@[0-9a-f]{6}|\\n).*";

  private static final List<String> FRAGMENTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "=",
          "+=",
          ":",
          ",",
          "\"",
          "\"\"\"",
          "$",
          "${",
          "${?a}",
          "${seed}",
          "#",
          "//",
          "\n",
          ".",
          "..",
          "\\",
          "include",
          "include \"other\"",
          "include file(",
          "required(",
          "\u0000",
          "\ufeff",
          "\u00e9",
          "\t",
          "-",
          "1e",
          "null",
          "(",
          ")",
          "`",
          "*",
          "data.type",
          "");

  private static final int MUTATIONS = 1_000;
  private static final int PAIRS = 1_000;

  private final Plugins plugins = Plugins.load(Optional.empty());
  private final Injector injector = Guice.createInjector(plugins);
  private final Binder binder = injector.getInstance(Binder.class);
  private final ComponentRegistry registry = injector.getInstance(ComponentRegistry.class);
  private final HoconRenderer renderer = injector.getInstance(HoconRenderer.class);
  private final Setups setups = injector.getInstance(Setups.class);
  private final Config beneath =
      Hocon.layer(Hocon.text(EXPERIMENT, "experiment.conf"), registry.experimentDefaults());

  /** A configuration for each thing that may not happen. */
  private final Map<String, String> failures = new TreeMap<>();

  private int tried;

  /**
   * A key, and what is written around it.
   *
   * @param before what is written before, with {@code %s} where the key's value belongs
   */
  private record Place(String before, ConfigKey key, boolean isSweep) {

    String with(String value) {
      return before.replace("%s", "%s = %s".formatted(key.name(), value));
    }

    String withNeighbour(String name) {
      return before.replace("%s", "%s = 1".formatted(ConfigUtil.quoteString(name)));
    }
  }

  @AfterEach
  void closePlugins() {
    plugins.close();
  }

  @Test
  void whatIsWrittenRunsOrIsRefusedWithItsPlace() {
    List<Place> places = places();
    Random random = new Random(7);
    for (Place place : places) {
      HostileValues.some(place.key(), random)
          .forEach(value -> attempt(place.with(value), place.isSweep()));
      for (String neighbour :
          List.of(place.key().name() + "x", "", "Type", "type.type", "\u00e4 b")) {
        attempt(place.withNeighbour(neighbour), place.isSweep());
      }
    }
    tryPairs(places, random);
    assertTrue(tried > 3_000, () -> "only " + tried);
    assertEquals(Map.of(), failures);
  }

  @Test
  void aFileOfAnyTextIsReadOrRefusedWithItsName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    Files.writeString(folder.resolve("other.conf"), "generator = mlp");
    Random random = new Random(3);
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder("include \"other.conf\"\n" + EXPERIMENT);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        text.replace(at, Math.min(text.length(), at + random.nextInt(6)), any(FRAGMENTS, random));
      }
      Files.writeString(file, text);
      try {
        Config unused = Hocon.layer(Hocon.file(file), beneath);
      } catch (ConfigurationException e) {
        assertTrue(e.getMessage().startsWith(folder.toString()), e::getMessage);
      } catch (RuntimeException | StackOverflowError e) {
        fail(text.toString(), e.toString());
      }
    }
    assertEquals(Map.of(), failures);
  }

  /** Two keys at once, for what components check of several. */
  private void tryPairs(List<Place> places, Random random) {
    for (int i = 0; i < PAIRS; i++) {
      Place one = any(places, random);
      List<Place> neighbours =
          places.stream().filter(other -> other.before().equals(one.before())).toList();
      Place other = any(neighbours, random);
      String both = "%s = %s, %s".formatted(other.key().name(), value(other, random), "%s");
      String text =
          one.before()
              .replace("%s", both)
              .replace("%s", "%s = %s".formatted(one.key().name(), value(one, random)));
      attempt(text, one.isSweep());
    }
  }

  private static String value(Place place, Random random) {
    return any(HostileValues.of(place.key()), random);
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    addKeys(Experiment.class, "\n%s", false, 0, places);
    addKeys(SweepFile.class, "base = smoke\n%s", true, 0, places);
    for (ComponentKind kind : ComponentKind.values()) {
      boolean isSweep = kind == ComponentKind.LAUNCHER;
      String place = PLACES.getOrDefault(kind, kind.key());
      for (ComponentType type : registry.all(kind)) {
        String object = "{\n type = %s\n %s%%s }".formatted(type.name(), required(type));
        String text = (isSweep ? "base = smoke\n" : "\n") + place + " " + object;
        addKeys(type.type(), text, isSweep, 0, places);
      }
    }
    return places;
  }

  private void addKeys(
      Class<? extends Record> record,
      String before,
      boolean isSweep,
      int depth,
      List<Place> places) {
    for (ConfigKey key : ConfigKey.of(record)) {
      places.add(new Place(before, key, isSweep));
      nested(key.type())
          .filter(inner -> depth < 2)
          .ifPresent(
              inner ->
                  addKeys(
                      inner,
                      before.replace("%s", key.name() + (isList(key) ? " = [{ %s }]" : " { %s }")),
                      isSweep,
                      depth + 1,
                      places));
    }
  }

  private static boolean isList(ConfigKey key) {
    return key.type() instanceof ParameterizedType generic && generic.getRawType() == List.class;
  }

  private static Optional<Class<? extends Record>> nested(Type type) {
    if (type instanceof ParameterizedType generic) {
      return nested(generic.getActualTypeArguments()[0]);
    }
    return type instanceof Class<?> c && c.isRecord() && !Amount.class.isAssignableFrom(c)
        ? Optional.of(c.asSubclass(Record.class))
        : Optional.empty();
  }

  /** Values of the keys that have no defaults. */
  private String required(ComponentType type) {
    StringBuilder text = new StringBuilder();
    for (ConfigKey key : ConfigKey.of(type.type())) {
      boolean isOptional =
          key.type() instanceof ParameterizedType p && p.getRawType() == Optional.class;
      if (!isOptional && !registry.defaults(type).containsKey(key.name())) {
        text.append("%s = %s\n ".formatted(key.name(), plain(key)));
      }
    }
    return text.toString();
  }

  private String plain(ConfigKey key) {
    return Stream.of(ComponentKind.values())
        .filter(kind -> kind.contract() == key.type())
        .map(kind -> registry.all(kind).get(0).name())
        .findFirst()
        .orElse(key.typeName().matches("integer|number") ? "8" : NOWHERE);
  }

  private void attempt(String text, boolean isSweep) {
    tried++;
    try {
      if (isSweep) {
        SweepFile unused = binder.bind(SweepFile.class, SweepFile.complete(Hocon.text(text, FILE)));
      } else {
        putTogether(Hocon.text(text, FILE));
      }
    } catch (ConfigurationException e) {
      e.problems().stream()
          .filter(problem -> !isPlain(problem, text))
          .forEach(problem -> fail(text, "refused by: " + problem));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      fail(text, e.toString() + " at " + e.getStackTrace()[0]);
    }
  }

  private void putTogether(Config config) {
    Experiment experiment = binder.bind(Experiment.class, Hocon.layer(config, beneath));
    String written = renderer.render(experiment);
    assertEquals(experiment, binder.bind(Experiment.class, Hocon.text(written, "written.conf")));
    try {
      Setup setup = setups.of(experiment);
      setup.path();
      encode(setup, DataShape.point(2));
      encode(setup, DataShape.image(3, 8, 8));
      open(experiment.data());
    } catch (ConfigurationException e) {
      throw e.locatedIn(config);
    }
  }

  private static void encode(Setup setup, DataShape shape) {
    try {
      DataShape unused = setup.coding(shape).encoded();
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
    }
  }

  /** Files that are not there, which is no mistake of the configuration. */
  private static void open(Dataset data) {
    if (!data.toString().contains(NOWHERE)) {
      return; // made on the spot, or here and large
    }
    try (Examples unused = data.open()) {
      assertTrue(unused.size() > 0);
    } catch (IOException e) {
      assertTrue(e.getMessage().contains(NOWHERE), e::getMessage);
    }
  }

  private static boolean isPlain(Problem problem, String text) {
    return isPlaced(problem, text)
        && !problem.message().isBlank()
        && !problem.message().matches(TECHNICAL);
  }

  /** What the file as a whole lacks has no line, and may have no key of its own. */
  private static boolean isPlaced(Problem problem, String text) {
    String first = problem.key().split("[.\\[]", -1)[0];
    return problem.origin().matches("fuzz\\.conf:\\d+|environment variable")
        ? !problem.key().isBlank()
        : problem.origin().equals(FILE) && (first.isBlank() || !text.contains(first));
  }

  private void fail(String text, String what) {
    String brief = what.substring(0, Math.min(what.length(), 200));
    failures.putIfAbsent(brief.replaceAll("[0-9]+", "N"), text);
  }
}
