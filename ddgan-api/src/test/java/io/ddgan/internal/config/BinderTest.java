package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Ramp;
import io.ddgan.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {

  private static final Example.Count COUNT = new Example.Count(100, Optional.empty());

  @TempDir Path folder;

  private final Binder binder = new Binder(Example.registry());

  @Test
  void fillsRecordsAndTakesDefaultsOfTheNamedType() throws IOException {
    assertEquals(Example.BOUND, bind(Example.COMPLETE));
  }

  @Test
  void acceptsStringsExponentsAndMissingOptionalValues() throws IOException {
    assertEquals(Example.BOUND, bind(changed("batch = \"16\"", "warm-up = \"true\"")));
    assertEquals(100_000, bind(changed("batch = 1e5")).batch());
    assertEquals(9007199254740993L, bind(changed("seed = 9007199254740993.0")).seed());
    assertEquals("1.50", bind(changed("name = 1.50")).name());
    assertEquals(1e-40, bind(changed("rate = 1e-40")).rate());
    assertEquals(0, bind(changed("rate = 0e-999")).rate());
    assertEquals(Optional.empty(), bind(changed("folder = null")).folder());
    assertEquals(Optional.empty(), bind(changed("folder")).folder());
  }

  @Test
  void scheduledValuesAreNumbersRampsOrAdaptive() throws IOException {
    assertEquals(Ramp.constant(0.5), bind(changed("chance = 0.5")).chance());
    assertEquals(
        new Ramp(1, 0, Optional.empty(), Ramp.Shape.LINEAR),
        bind(changed("chance { from = 1, to = 0 }")).chance());
    assertEquals(
        new AdaptiveValue(0.6, Optional.empty(), 0, 1, 500_000, 4, "overfitting"),
        bind(changed("chance { target = 0.6 }")).chance());
    assertEquals(
        new AdaptiveValue(-1, Optional.of(0.5), 0.25, 0.75, 100, 1, "logit-real"),
        bind(changed(
                "chance { target = -1, start = 0.5, min = 0.25, max = 0.75, adaptation-examples ="
                    + " 100, every = 1, monitor = logit-real }"))
            .chance());
  }

  @Test
  void rampIsANumberOrAnObject() throws IOException {
    assertEquals(Ramp.constant(0.5), bind(changed("weight = 0.5")).weight());
    assertEquals(Ramp.constant(0.5), bind(changed("weight = \"0.5\"")).weight());
    assertEquals(
        Ramp.cosine(1, 0), bind(changed("weight { from = 1, to = 0, shape = cosine }")).weight());
    assertEquals(
        Optional.of(new Ramp(2, 3, Optional.of(5L), Ramp.Shape.LINEAR)),
        bind(changed("decay { from = 2, to = 3, steps = 5 }")).decay());
    assertEquals(Optional.empty(), bind(changed("decay = null")).decay());
  }

  @Test
  void componentWithoutKeysIsItsName() throws IOException {
    assertEquals(new Example.Constant(4, 0.1), bind(changed("schedule = constant")).schedule());
    assertEquals(
        List.of(COUNT, new Example.Count(5, Optional.empty())),
        bind(changed("metrics = [count, { type = count, samples = 5 }]")).metrics());
  }

  @Test
  void listsOfComponentsMayBeASingleOneOrNone() throws IOException {
    assertEquals(List.of(COUNT), bind(changed("metrics = count")).metrics());
    assertEquals(
        List.of(new Example.Count(5, Optional.empty())),
        bind(changed("metrics { type = count, samples = 5 }")).metrics());
    assertEquals(List.of(), bind(changed("metrics = null")).metrics());
    assertEquals(List.of(), bind(changed("metrics = []")).metrics());
  }

  @Test
  void overrideChangesAKeyOfASingleComponent() throws IOException {
    for (String single : List.of("metrics = count", "metrics { type = count, samples = 5 }")) {
      Config config =
          Hocon.layer(Hocon.overrides(List.of("metrics.samples=7")), read(changed(single)));
      assertEquals(
          List.of(new Example.Count(7, Optional.empty())),
          binder.bind(Example.class, config).metrics());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          batch = 0 | my.conf:1: batch: must be at least 1, found 0
          batch = 1.5 | my.conf:1: batch: expected an integer, found the number 1.5
          batch = 3000000000 | my.conf:1: batch: expected an integer from -2147483648 to 2147483647, found the number 3000000000
          batch = null | my.conf:1: batch: expected an integer, found null
          batch | my.conf: batch: missing; expected an integer (examples per step)
          seed = true | my.conf:2: seed: expected an integer, found the boolean true
          rate = NaN | my.conf:3: rate: expected a number, found the string "NaN"
          rate = 1e-400 | my.conf:3: rate: expected 0, or a number that is not 0 in 32 bits, found the number 1e-400
          rate = 1e-300 | my.conf:3: rate: expected 0, or a number that is not 0 in 32 bits, found the number 1e-300
          batch = 9007199254740993.5 | my.conf:1: batch: expected an integer, found the number 9007199254740993.5
          rate = 2 | my.conf:3: rate: must be from 0 to 1, found 2
          name = [a] | my.conf:5: name: expected a string, found a list
          order = shufled | my.conf:6: order: unknown value 'shufled'; did you mean 'shuffled'?
          folder = "a\\u0000b" | my.conf:7: folder: 'a?b' is not a valid path (Nul character not allowed); if it has non-ASCII letters, set LC_ALL=C.UTF-8
          widths = 4 | my.conf:8: widths: expected a list of integers, found the number 4
          widths = [1, 9] | my.conf:8: widths[1]: must be from 1 to 8, found 9
          averages { beta1 = 0.9, beta2 = 0.5 } | my.conf:10: averages: beta1 must not be greater than beta2
          schedule { type = constant, beta-mn = 1 } | my.conf:11: schedule.beta-mn: unknown key; did you mean 'beta-min'?
          schedule = risng | my.conf:11: schedule.type: unknown schedule 'risng'; did you mean 'rising'?
          schedule { steps = 2 } | my.conf:11: schedule.type: missing; choose one of constant, rising
          schedule = 3 | my.conf:11: schedule: expected { type = ... } with one of constant, rising, found the number 3
          schedule | my.conf: schedule: missing; expected { type = ... } with one of constant, rising (how much noise)
          metrics = [{ type = count, samples = few }] | my.conf:12: metrics[0].samples: expected an integer, found the string "few"
          metrics { samples = 3 } | my.conf:12: metrics.type: missing; choose one of count
          weight { form = 1, from = 0, to = 1 } | my.conf:13: weight.form: unknown key; did you mean 'from'?
          weight { from = 1 } | my.conf:13: weight.to: missing; expected a number
          weight { from = 2, to = 1 } | my.conf:13: weight.from: must be from 0 to 1, found 2
          weight { from = 1, to = 0, steps = 0 } | my.conf:13: weight.steps: must be at least 1, found 0
          weight { from = 1, to = 0, shape = cosin } | my.conf:13: weight.shape: unknown value 'cosin'; did you mean 'cosine'?
          chance = much | my.conf:15: chance: expected a number, a ramp such as { from = 1, to = 0 }, or an adaptive value such as { target = 0.6 }, found the string "much"
          chance | my.conf: chance: missing; expected a number, ramp or adaptive (chance of it)
          chance { target = 0.6, from = 1, to = 0 } | my.conf:15: chance.target: unknown key; choose one of from, shape, steps, to
          chance { target = 0.6, every = 0 } | my.conf:15: chance.every: must be at least 1, found 0
          chance { target = 0.6, start = 0.1, min = 0.2 } | my.conf:15: chance: start = 0.1 must be from min = 0.2 to max = 1.0
          chance { target = 0.6, min = 0.5, max = 0.5 } | my.conf:15: chance: min = 0.5 must be below max = 0.5
          chance { target = 0.6, monitor = "my signal" } | my.conf:15: chance: monitor = 'my signal' is not a column of the metrics; their names are in kebab-case
          weight | my.conf: weight: missing; expected a number or ramp (weight of the penalty)
          rate : : 3 | my.conf:3: Expecting a value but got wrong token: ':' (if you intended ':' to be part of a key or string value, try enclosing the key or value in double quotes)
          rate = ${nowhere} | my.conf:3: Could not resolve substitution to a value: ${nowhere}
          """)
  void invalidLineIsReported(String line, String message) {
    assertEquals(List.of(message), problems(changed(line)));
  }

  @Test
  void reportsAllProblemsTogether() {
    assertEquals(
        List.of(
            "my.conf:16: sede: unknown key; did you mean 'seed'?",
            "my.conf:1: batch: must be at least 1, found 0",
            "my.conf:3: rate: must be from 0 to 1, found -1",
            "my.conf:11: schedule.stpes: unknown key; did you mean 'steps'?",
            "my.conf:11: schedule.beta-min: expected a number, found the string \"low\"",
            "my.conf:12: metrics[0].type: unknown metric 'cuont'; did you mean 'count'?"),
        problems(
            changed(
                    "batch = 0",
                    "rate = -1",
                    "schedule { type = constant, stpes = 2, beta-min = low }",
                    "metrics = [{ type = cuont }]")
                + "sede = 3\n"));
  }

  @Test
  void locatesProblemsOfOverridesAndDefaults() throws IOException {
    Config config =
        Hocon.layer(Hocon.overrides(List.of("batch=0", "schedule.stps=1")), read(Example.COMPLETE));
    assertEquals(
        List.of(
            "command line: batch: must be at least 1, found 0",
            "command line: schedule.stps: unknown key; did you mean 'steps'?"),
        problems(config));
    Config defaults = Hocon.text("batch = -1", "a.jar/reference.conf");
    assertEquals(
        List.of("a.jar/reference.conf:1: batch: must be at least 1, found -1"),
        problems(Hocon.layer(Hocon.text(changed("batch"), "b.conf"), defaults)));
  }

  private Example bind(String text) throws IOException {
    return binder.bind(Example.class, read(text));
  }

  private Config read(String text) throws IOException {
    return Hocon.file(Files.writeString(folder.resolve("my.conf"), text));
  }

  private List<String> problems(String text) {
    return problems(() -> bind(text));
  }

  private List<String> problems(Config config) {
    return problems(() -> binder.bind(Example.class, config));
  }

  private List<String> problems(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(ConfigurationException.class, executable)
        .getMessage()
        .lines()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  /** Returns the example with the lines of some keys replaced; a bare key removes its line. */
  private static String changed(String... lines) {
    return Example.COMPLETE
        .lines()
        .map(
            line ->
                Arrays.stream(lines)
                    .filter(replacement -> key(replacement).equals(key(line)))
                    .findFirst()
                    .map(replacement -> replacement.equals(key(line)) ? "" : replacement)
                    .orElse(line))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String key(String line) {
    return line.split(" ", 2)[0];
  }
}
