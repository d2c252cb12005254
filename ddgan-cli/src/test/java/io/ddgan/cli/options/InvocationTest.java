package io.ddgan.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {

  @Test
  void aCommandCanBeRunAsItIsPrinted() {
    assertEquals(
        "ddgan train --resume --run 'my runs/it'\\''s'",
        new Invocation(CommonOptions.of())
            .of(List.of("train", "--resume", "--run", Path.of("my runs/it's"))));
  }

  @Test
  void itHasTheCommonOptionsThatThisProcessWasGiven() {
    CommonOptions options = CommonOptions.of("train", "x", "--plugins", "more", "--cache=kept");
    assertEquals(
        "ddgan sample runs/x --plugins more --cache kept",
        new Invocation(options).of(List.of("sample", Path.of("runs/x"))));
  }
}
