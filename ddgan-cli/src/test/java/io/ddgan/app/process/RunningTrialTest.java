package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.process.RunningTrial.TrialEnd;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a trial ended, from its progress file, its exit code and its log. */
class RunningTrialTest {

  private static final TrialEnd LEFT = new TrialEnd(RunState.STOPPED, Optional.empty());

  @TempDir Path folder;

  private RunFolder run;

  @BeforeEach
  void makeFolder() throws IOException {
    run = new RunFolder(folder.resolve("a1"));
    Files.writeString(folder.resolve("a1.log"), "ddgan: of an earlier process\n");
  }

  @Test
  void whatATrialSaysItselfComesBeforeItsExitCode() throws IOException, InterruptedException {
    RunningTrial terminated = start(OptionalInt.of(143));
    tell(RunState.DONE, Optional.empty());
    assertEquals(new TrialEnd(RunState.DONE, Optional.empty()), terminated.ending());
    RunningTrial vanished = start(OptionalInt.empty());
    tell(RunState.FAILED, Optional.of("the loss is NaN"));
    assertEquals(new TrialEnd(RunState.FAILED, Optional.of("the loss is NaN")), vanished.ending());
  }

  @Test
  void whatAnEarlierProcessSaidCountsOnlyIfNothingIsLeftToDo()
      throws IOException, InterruptedException {
    tell(RunState.FAILED, Optional.of("the loss is NaN"));
    TrialEnd untrained =
        new TrialEnd(RunState.STOPPED, Optional.of("it ended without having trained"));
    assertEquals(untrained, start(OptionalInt.empty()).ending());
    assertEquals(untrained, start(OptionalInt.of(0)).ending());
    tell(RunState.DONE, Optional.empty());
    assertEquals(RunState.DONE, start(OptionalInt.empty()).ending().state());
  }

  @Test
  void ofAFailureThatItCouldNotTellTheLastLineOfTheLogIsTheReason()
      throws IOException, InterruptedException {
    RunningTrial trial = start(OptionalInt.of(2));
    assertEquals(
        Optional.of("it printed nothing and ended with exit code 2"), trial.ending().why());
    Files.writeString(folder.resolve("a1.log"), "one\ntwo\n\n", StandardOpenOption.APPEND);
    assertEquals(new TrialEnd(RunState.FAILED, Optional.of("two")), trial.ending());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "step 1;ddgan: the data are not there;;               | the data are not there",
        "ddgan: no room;java.lang.Error: none;\tat a.B.c(D)    | no room",
        "Exception: sad;\tat a.B.c(D.java:1);\t... 3 more     | Exception: sad",
        "#;#  SIGSEGV (0xb) at pc=0x1;#;# Please report it.;# | Java crashed: SIGSEGV (0xb) at pc=0x1",
        "Error: no main class;Caused by: ClassNotFound: Main  | Caused by: ClassNotFound: Main",
      })
  void lineThatSaysWhatWentWrongIsFound(String lines, String reason)
      throws IOException, InterruptedException {
    RunningTrial trial = start(OptionalInt.of(1));
    Files.writeString(
        folder.resolve("a1.log"),
        lines.replace(";", "\n").replace("\\t", "\t"),
        StandardOpenOption.APPEND);
    assertEquals(Optional.of(reason), trial.ending().why());
  }

  @Test
  void aTrialThatWasKilledOrAskedToStopIsLeftForLater() throws IOException, InterruptedException {
    assertEquals(LEFT, start(OptionalInt.of(137)).ending());
    RunningTrial stopped = start(OptionalInt.of(1));
    stopped.stop();
    assertEquals(LEFT, stopped.ending());
    RunningTrial training = start(OptionalInt.empty());
    tell(RunState.TRAINING, Optional.empty());
    assertEquals(LEFT, training.ending());
  }

  private RunningTrial start(OptionalInt exitCode) throws IOException {
    return RunningTrial.start(
        trial -> new EndedTrial(exitCode),
        run,
        folder.resolve("a1.conf"),
        folder.resolve("a1.log"),
        new TrialLauncher.Resources(1, Optional.empty(), 1),
        List.of());
  }

  private void tell(RunState state, Optional<String> error) throws IOException {
    new RunProgress(3, 4, state, error, 1, Instant.now()).write(run.progress());
  }
}
