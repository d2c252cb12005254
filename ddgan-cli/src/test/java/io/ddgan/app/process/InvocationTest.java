package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.app.environment.AppFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationTest {

  @Test
  void printedCommandsAreQuotedForTheShell() {
    assertEquals(
        "ddgan train --resume --run 'my runs/it'\\''s'",
        new Invocation(new AppFolders(Optional.empty(), Optional.empty()))
            .of(List.of("train", "--resume", "--run", Path.of("my runs/it's"))));
  }

  @Test
  void printedCommandsRepeatTheCommonOptions() {
    AppFolders places = new AppFolders(Optional.of(Path.of("more")), Optional.of(Path.of("kept")));
    assertEquals(
        "ddgan sample runs/x --plugins more --cache kept",
        new Invocation(places).of(List.of("sample", Path.of("runs/x"))));
  }
}
