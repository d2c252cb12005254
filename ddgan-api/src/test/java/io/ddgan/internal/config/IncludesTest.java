package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncludesTest {

  @TempDir private Path folder;

  @ParameterizedTest(name = "{1} after an include of {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what is included              | what the file says            | together
        "a { type = vp, steps = 2 }      | a.type = linear               | a { type = linear }",
        "a { type = vp, steps = 2 }      | a { type = rising, up = 3 }   | a { type = rising, up = 3 }",
        "a { type = vp, steps = 2 }      | a = { type = vp, low = 1 }    | a { type = vp, steps = 2, low = 1 }",
        "a { type = vp, steps = 2 }      | a = linear                    | a { type = linear }",
        "a { type = vp, steps = 2 }      | a = vp                        | a { type = vp, steps = 2 }",
        "a = vp                          | a.steps = 3                   | a { type = vp, steps = 3 }",
        "a { type = vp, steps = 2 }      | a.steps = 3                   | a { type = vp, steps = 3 }",
        "a { type = vp, steps = 2 }      | a = null                      | a = null",
        "a = [{ type = vp, steps = 2 }]  | a = [{ type = vp }, linear]   | a = [{ type = vp }, linear]",
        "a = [vp]                        | a { type = linear, low = 1 }  | a { type = linear, low = 1 }",
        "a { b { type = vp, steps = 2 }} | a.b.type = linear             | a { b { type = linear } }",
        "a { type = x, b { type = vp }}  | a.b.type = linear             | a { type = x, b { type = linear } }",
        "a = [1], b = 2                  | a = ${a} [3], c = ${b}        | a = [1, 3], b = 2, c = 2",
        "a = [1], b = 2                  | a += ${b}                     | a = [1, 2], b = 2",
        "a = ${b}, b = 2                 | b = 3                         | a = 3, b = 3",
        "a = ${?none}, b = 2             | c = ${?none}                  | b = 2",
        "a { type = vp, steps = 2 }      | b = ${a} { steps = 3 }        | a { type = vp, steps = 2 }, b { type = vp, steps = 3 }",
        "a { type = vp, steps = ${n} }, n = 2 | a { type = linear, low = ${n} } | n = 2, a { type = linear, low = 2 }",
        "a = 1                           |                               | a = 1",
      })
  void fileIsLaidOverWhatItIncludesLikeTheCommandLine(String included, String own, String together)
      throws IOException {
    write("included.conf", included);
    Config read = read("include \"included.conf\"\n" + (own == null ? "" : own));
    assertEquals(Hocon.text(together, "x"), read);
  }

  @Test
  void typeOfAnyIncludedFileMayBeChanged() throws IOException {
    write("first.conf", "a { type = vp, steps = 2 }\nb { type = vp, steps = 2 }");
    write("second.conf", "include \"first.conf\"\na { type = rising, up = 3 }\nb.steps = 3");
    assertEquals(
        Hocon.text("a { type = linear }, b { type = vp, steps = 3 }", "x"),
        read("include \"second.conf\"\na.type = linear"));
  }

  @Test
  void laterOfTwoIncludesIsLaidOverTheEarlier() throws IOException {
    write("first.conf", "a { type = vp, steps = 2 }, b = 1");
    write("second.conf", "a.type = linear");
    assertEquals(
        Hocon.text("a { type = linear, low = 4 }, b = 1", "x"),
        read("include \"first.conf\"\ninclude \"second.conf\"\na.low = 4"));
  }

  @Test
  void includeWinsOverWhatTheFileSaysBeforeIt() throws IOException {
    write("local.conf", "a = 2, b { c = 2 }, d { type = vp }");
    assertEquals(
        Hocon.text("a = 2, b { c = 2, e = 1 }, d { type = vp }, f = 1", "x"),
        read("a = 1, b { c = 1, e = 1 }, d = linear, f = 1\ninclude \"local.conf\""));
  }

  @Test
  void objectMayIncludeItsKeys() throws IOException {
    write("schedule.conf", "type = vp, steps = ${n}, n = 2");
    assertEquals(
        Hocon.text("a { type = vp, steps = 3, n = 3 }, b { type = linear, low = 1 }", "x"),
        read(
            "a { include \"schedule.conf\", n = 3 }\n"
                + "b { include \"schedule.conf\"\n type = linear, low = 1 }"));
  }

  @Test
  void elementOfAListMayIncludeItsKeys() throws IOException {
    write("schedule.conf", "type = vp, steps = 2");
    assertEquals(
        Hocon.text("a = [{ type = vp, steps = 2 }, { type = linear }, vp]", "x"),
        read(
            "a = [{ include \"schedule.conf\" }, { include \"schedule.conf\"\n type = linear }, vp]"));
  }

  @Test
  void everyFormOfIncludeIsLaidBeneath() throws IOException {
    Path included = write("included.conf", "a { type = vp, steps = 2 }");
    for (String form :
        new String[] {
          "required(\"included.conf\")",
          "file(\"%s\")".formatted(included),
          "url(\"%s\")".formatted(included.toUri())
        }) {
      assertEquals(
          Hocon.text("a { type = linear }", "x"),
          read("include %s\na.type = linear".formatted(form)),
          form);
    }
  }

  @Test
  void valuesKnowTheirFileAndLine() throws IOException {
    Path included = write("included.conf", "a {\n type = vp\n steps = 2\n}");
    Path own = folder.resolve("own.conf");
    Config read = read("include \"included.conf\"\n\na.low = 1");
    assertEquals(own + ":3", Hocon.place(read.getValue("a.low")));
    assertEquals(
        included.getFileName() + ":3",
        Path.of(Hocon.place(read.getValue("a.steps"))).getFileName().toString());
  }

  @Test
  void singleKeysOverAnIncludedListAreRefusedWithBothPlaces() throws IOException {
    write("included.conf", "\npenalty = [{ type = r1, gamma = 1 }]");
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class, () -> read("include \"included.conf\"\npenalty.gamma=2"));
    Problem problem = e.problems().get(0);
    assertEquals(folder.resolve("own.conf") + ":2", problem.origin());
    assertEquals("penalty", problem.key());
    assertEquals(
        "is a list here (included.conf:2); give it whole, as in penalty = [...]",
        problem.message().replace(folder + "/", ""));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "\"absent.conf\"",
        "\"absent\"",
        "required(\"absent.conf\")",
        "file(\"absent.conf\")",
        "required(file(\"absent.conf\"))",
        "classpath(\"presets/absent.conf\")"
      })
  void includeOfWhatIsNotThereIsRefusedWithItsLine(String form) {
    String name = form.replaceAll("^[^\"]*\"|\"[^\"]*$", "");
    assertEquals(
        "own.conf:3: includes \"%s\", but there is no such file; correct the name, or remove the line"
            .formatted(name),
        refusal("# include \"absent.conf\"\na = 1\ninclude " + form));
  }

  @Test
  void missingIncludeOfAnIncludedFileIsRefusedWithThePlaceInThatFile() throws IOException {
    write("first.conf", "a = 1\n\nb { include \"absent.conf\" }");
    assertEquals(
        "first.conf:3: includes \"absent.conf\", but there is no such file; correct the name, or remove the line",
        refusal("include \"first.conf\""));
  }

  @Test
  void folderCannotBeIncluded() {
    assertEquals(
        "own.conf:1: includes \"%s\", but that is a folder; name a file in it".formatted(folder),
        refusal("include file(\"%s\")".formatted(folder)));
  }

  @Test
  void filesThatIncludeEachOtherAreRefusedWithTheirCircle() throws IOException {
    write("first.conf", "include \"second.conf\"");
    write("second.conf", "\ninclude \"first\"");
    assertEquals(
        "second.conf:2: includes \"first\", which includes itself: first.conf > second.conf > first.conf",
        refusal("include \"first.conf\""));
    assertEquals(
        "own.conf:1: includes \"own.conf\", which includes itself: own.conf > own.conf",
        refusal("include \"own.conf\""));
  }

  @Test
  void fileMayBeIncludedTwice() throws IOException {
    write("first.conf", "a = 1");
    assertEquals(
        Hocon.text("b.a = 1, c.a = 1", "x"),
        read("b { include \"first.conf\" }, c { include \"first.conf\" }"));
  }

  private String refusal(String text) {
    return assertThrows(ConfigurationException.class, () -> read(text))
        .getMessage()
        .replace(folder + "/", "");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Config read(String text) throws IOException {
    return Hocon.file(write("own.conf", text));
  }
}
