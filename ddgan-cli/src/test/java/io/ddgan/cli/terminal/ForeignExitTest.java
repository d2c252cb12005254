package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForeignExitTest {

  private static final StackTraceElement HOOKS = java("Shutdown", "exit");
  private static final StackTraceElement RUNTIME = java("Runtime", "exit");
  private static final StackTraceElement SYSTEM = java("System", "exit");

  @Test
  void whoeverHasCalledForTheEndIsNamed() {
    StackTraceElement plugIn = frame("bad.jar", "acme.Bad", "<init>");
    assertEquals(Optional.of(plugIn), caller(HOOKS, RUNTIME, SYSTEM, plugIn, main()));
    assertEquals(Optional.of(plugIn), caller(HOOKS, RUNTIME, plugIn, main()));
    assertEquals(
        "the plug-in bad.jar has ended ddgan before its end with System.exit; update or remove it"
            + " (acme.Bad.<init>)",
        ForeignExit.message(plugIn));
    StackTraceElement other = frame("app", "acme.Bad", "betas");
    assertEquals(Optional.of(other), caller(HOOKS, RUNTIME, SYSTEM, other, main()));
    assertEquals(
        "acme.Bad.betas has ended ddgan before its end with System.exit; update or remove its jar",
        ForeignExit.message(other));
  }

  @Test
  void theProgramItselfAndSignalsMayEndIt() {
    assertEquals(Optional.empty(), caller(HOOKS, RUNTIME, SYSTEM, main()));
    StackTraceElement signal = java("Terminator$1", "handle");
    assertEquals(Optional.empty(), caller(HOOKS, signal, java("Thread", "run")));
  }

  private static Optional<StackTraceElement> caller(StackTraceElement... ending) {
    StackTraceElement[] working = {frame("bad.jar", "acme.Bad", "run"), java("Thread", "run")};
    return ForeignExit.caller(Stream.of(working, ending));
  }

  private static StackTraceElement main() {
    return frame("app", "io.ddgan.cli.Main", "main");
  }

  private static StackTraceElement java(String type, String method) {
    return frame(null, "java.lang." + type, method);
  }

  private static StackTraceElement frame(String loader, String type, String method) {
    return new StackTraceElement(loader, null, null, type, method, null, 1);
  }
}
