package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends of commands, by exit code and log. */
class CommandRunnerTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                   | it printed nothing and ended with exit code 1",
        "one;two;;                                            | two",
        "step 1;ddgan: the data are not there;;               | the data are not there",
        "ddgan: no room;java.lang.Error: none;\tat a.B.c(D)    | no room",
        "Exception: sad;\tat a.B.c(D.java:1);\t... 3 more     | Exception: sad",
        "#;#  SIGSEGV (0xb) at pc=0x1;#;# Please report it.;# | it printed nothing and ended with exit code 1",
        "Error: no main class;Caused by: ClassNotFound: Main  | Caused by: ClassNotFound: Main",
      })
  void findsTheLineWithTheError(String lines, String reason) throws Exception {
    String printed = lines.replace(";", "\n").replace("\\t", "\t");
    CommandEnd ending = run(OptionalInt.of(1), printed);
    assertEquals(true, ending.isFailure());
    assertEquals(Optional.of(reason), ending.problem());
  }

  @Test
  void killedCommandIsNotAFailure() throws Exception {
    CommandEnd killed = run(OptionalInt.of(137), "ddgan: step 3");
    assertEquals(false, killed.isFailure());
    assertEquals(true, killed.isInterrupted());
    assertEquals(Optional.empty(), run(OptionalInt.of(0), "").problem());
    assertEquals(true, run(OptionalInt.empty(), "").problem().isPresent());
  }

  private CommandEnd run(OptionalInt code, String printed)
      throws IOException, InterruptedException {
    Path log = Files.writeString(folder.resolve("log"), "ddgan: of an earlier process\n");
    List<CommandEnd> ends = new ArrayList<>();
    new CommandRunner(
            request -> {
              Files.writeString(request.log(), printed, StandardOpenOption.APPEND);
              return new EndedTrial(code);
            },
            new Workers(1, 1, List.of()))
        .run(
            new CommandRunner.Work(
                List.of(new LaunchedCommand("a", folder, List.of("train"), log))) {
              @Override
              protected void ended(LaunchedCommand command, CommandEnd ending) {
                ends.add(ending);
              }
            },
            folder.resolve("files"),
            () -> false);
    return ends.get(0);
  }
}
