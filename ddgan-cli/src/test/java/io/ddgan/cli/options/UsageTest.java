package io.ddgan.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class UsageTest {

  @Test
  void whatIsWrongIsAnErrorOfTheCommand() {
    CommandLine command = new CommandLine(CommandSpec.create());
    CommandSpec spec = command.getCommandSpec();
    Usage.require(spec, true, "never said");
    Usage.requireAtLeast(2, spec, "--columns", 2);
    ParameterException error =
        assertThrows(ParameterException.class, () -> Usage.requireAtLeast(2, spec, "--columns", 1));
    assertEquals("--columns must be at least 2, not 1", error.getMessage());
    assertEquals(command, error.getCommandLine());
  }
}
